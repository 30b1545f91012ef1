import { createHash } from 'node:crypto';
import { fromRfc3339, shanghaiCompact } from '../../../../shared/domain/time.ts';
import { assembleEvidence } from '../../evidence/assemble.ts';
import { evidenceHtml } from '../../evidence/export-html.ts';
import { verifyOnThread } from '../../evidence/verify-thread.ts';
import { sheetFile } from '../../registry/imports/export.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { journalRows, journalSheet } from '../journal-sheet.ts';
import { messageView, stayView } from '../views.ts';
import { asFile } from './files.ts';
import { recordExport } from './imports.ts';

export function evidenceHandlers(os: Guarded, deps: ApiDeps) {
  const { store, photos } = deps;
  let verifying = false;

  const evidenceOf = (uid: string) => {
    const lanes = deps.laneViews();
    const plate = store.read.stays.get(uid)?.plate.text ?? null;
    return assembleEvidence(store.read, uid, {
      clock: deps.clock,
      site: deps.site,
      version: deps.version,
      laneOfDevice: (id) => lanes.find((lane) => lane.devices.some((device) => device.id === id))?.id,
      laneName: (id) => lanes.find((lane) => lane.id === id)?.name,
      stayView,
      messageView: (row) => messageView(row, row.state === 0 ? deps.hub.nextAttemptAt(row) : null, plate),
    });
  };

  return {
    journal: {
      verify: os.journal.verify.handler(async ({ input, signal }) => {
        if (verifying) throw new ConflictError('verify-running', '正在核验，请等它结束');
        verifying = true;
        try {
          const gone = signal ? AbortSignal.any([signal, deps.stopping]) : deps.stopping;
          return await verifyOnThread({ ...input, dataDirectory: deps.dataDirectory }, gone);
        } finally {
          verifying = false;
        }
      }),
      export: os.journal.export.handler(async ({ input, context, signal }) => {
        const { format, scope, ...filter } = input;
        const { user, from, to, ...rest } = filter;
        const people = scope === 'people';
        const actor = actorOf(context.user);
        const now = deps.clock.now();
        const wanted = {
          ...rest,
          actor: user,
          from: from === undefined ? undefined : fromRfc3339(from),
          to: to === undefined ? undefined : fromRfc3339(to),
          ...(people ? { audited: true } : {}),
        };
        const rows = journalRows(deps.reader, wanted, signal);
        const file = await sheetFile(journalSheet(rows, { people, filter, now, by: actor.name }), { format, now });
        recordExport(store, { what: 'journal', format, filter, rows: file.rows, sha256: file.sha256 }, actor);
        return asFile(file);
      }),
    },
    evidence: {
      get: os.evidence.get.handler(({ input }) => evidenceOf(input.uid)),
      export: os.evidence.export.handler(async ({ input, context }) => {
        const actor = actorOf(context.user);
        const evidence = evidenceOf(input.uid);
        const contents = new Map<string, Uint8Array | undefined>();
        for (const { id } of evidence.photos) contents.set(id, await photos.read(id));
        const file = Buffer.from(evidenceHtml(evidence, contents));
        const sha256 = createHash('sha256').update(file).digest('hex');
        // Nothing leaves before it is written down who took it.
        store.write((tx) =>
          tx.record({
            kind: 'evidence-exported',
            key: input.uid,
            laneId: null,
            passageId: null,
            actor,
            body: { uid: input.uid, sha256, seq: evidence.anchor.seq },
          }),
        );
        const made = shanghaiCompact(deps.clock.now()).slice(0, 14);
        return {
          fileName: `${evidence.stay.plate.text || '无牌'}-${input.uid}-${made}.html`,
          contentType: 'text/html; charset=utf-8' as const,
          sha256,
          base64: file.toString('base64'),
        };
      }),
    },
  };
}
