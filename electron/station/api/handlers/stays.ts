import { normalisePlateText, toPlate } from '../../../../shared/domain/plates.ts';
import type { Area } from '../../../../shared/domain/site.ts';
import { fromRfc3339, toRfc3339 } from '../../../../shared/domain/time.ts';
import { feeUnknown } from '../../payments/external-prices.ts';
import { papersOf } from '../../printing/papers.ts';
import { registerEntry } from '../../registry/entries.ts';
import { sheetFile } from '../../registry/imports/export.ts';
import { stayRows, staySheet } from '../../reports/stay-sheet.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import type { StayFilter } from '../../store/reader/requests.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { cursorText, identityPart, parseCursor, platePart } from '../paging.ts';
import { messageView, stayView } from '../views.ts';
import { asFile } from './files.ts';
import { recordExport } from './imports.ts';

const optionalTime = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : fromRfc3339(text);

interface StayQuery extends Pick<StayFilter, 'status' | 'laneId' | 'vehicleClass' | 'parkingType'> {
  readonly plate?: string | undefined;
  readonly identity?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly exitedFrom?: string | undefined;
  readonly exitedTo?: string | undefined;
}

const filterOf = (query: StayQuery): Omit<StayFilter, 'offset' | 'limit'> => ({
  plate: platePart(query.plate),
  identity: identityPart(query.identity),
  status: query.status,
  enteredFrom: optionalTime(query.from),
  enteredTo: optionalTime(query.to),
  exitedFrom: optionalTime(query.exitedFrom),
  exitedTo: optionalTime(query.exitedTo),
  laneId: query.laneId,
  vehicleClass: query.vehicleClass,
  parkingType: query.parkingType,
});

/** The areas that lie in an area, however deep. */
const areasWithin = (areas: readonly Area[], areaId: string): readonly string[] =>
  areas.filter((area) => area.parent === areaId).flatMap((area) => [area.id, ...areasWithin(areas, area.id)]);

export function stayHandlers(os: Guarded, deps: ApiDeps) {
  const { store, reader, clock, photos } = deps;
  return {
    sessions: {
      list: os.sessions.list.handler(async ({ input, signal }) => {
        const { page, pageSize } = input;
        const found = await reader.stays(
          {
            ...filterOf(input),
            offset: (page - 1) * pageSize,
            limit: pageSize,
            after: input.after === undefined ? undefined : parseCursor(input.after),
          },
          signal,
        );
        const last = found.items.length === pageSize ? found.items.at(-1) : undefined;
        return {
          items: found.items.map(stayView),
          total: found.total,
          exact: found.exact,
          page,
          pageSize,
          next: last && cursorText(last),
        };
      }),
      stale: os.sessions.stale.handler(async ({ input, signal }) => {
        const { page, pageSize, hours = deps.site.rules.staleDays * 24, areaId, vehicleClass, parkingType } = input;
        const filter = {
          plate: platePart(input.plate),
          areaIds: areaId === undefined ? undefined : [areaId, ...areasWithin(deps.areas, areaId)],
          vehicleClass,
          parkingType,
          offset: (page - 1) * pageSize,
          limit: pageSize,
        };
        // Whoever came in this very moment is inside.
        const found = await reader.stale(clock.now() - hours * 3_600_000 + (hours === 0 ? 1 : 0), filter, signal);
        return { items: found.items.map(stayView), total: found.total, exact: found.exact, page, pageSize };
      }),
      export: os.sessions.export.handler(async ({ input, context, signal }) => {
        const { format, ...filter } = input;
        const actor = actorOf(context.user);
        const now = clock.now();
        const sheet = staySheet(stayRows(reader, filterOf(filter), now, signal), { filter, now, by: actor.name });
        const file = await sheetFile(sheet, { format, now });
        recordExport(store, { what: 'stays', format, filter, rows: file.rows, sha256: file.sha256 }, actor);
        return asFile(file);
      }),
      get: os.sessions.get.handler(({ input }) => {
        const stay = store.read.stays.get(input.uid);
        if (!stay) throw new NotFoundError('没有这条停车记录');
        const papers = papersOf(store.read, stay.uid);
        return {
          ...stayView(stay),
          photos: store.read.photos.ofStay(stay.uid).map((photo) => ({
            id: photo.id,
            purpose: photo.purpose,
            takenAt: toRfc3339(photo.taken_at_ms),
            bytes: photo.bytes,
          })),
          payments: store.read.payments.ofStay(stay.uid).map((payment) => ({
            billId: payment.bill_id,
            method: payment.method,
            amountFen: payment.paid_fen,
            chargeFen: payment.charge_fen,
            dueFen: payment.due_fen,
            paidAt: toRfc3339(payment.paid_at_ms),
            operator: payment.operator,
            steps: payment.steps,
            paper: papers('payment', payment.bill_id).state,
          })),
          messages: store.read.outbox
            .ofStay(stay.uid)
            .map((row) => messageView(row, deps.hub.nextAttemptAt(row), stay.plate.text)),
        };
      }),
      create: os.sessions.create.handler(({ input, context }) =>
        stayView(
          registerEntry(deps, {
            plate: toPlate(input.plate, input.plateColor),
            vehicleClass: input.vehicleClass,
            laneId: input.laneId,
            enteredAt: optionalTime(input.enteredAt),
            identity: input.identity,
            proof: input.proof,
            actor: actorOf(context.user),
          }),
        ),
      ),
    },
    quote: os.quote.handler(async ({ input }) => {
      const { stays, photos: pictures, debts } = store.read;
      const stay =
        input.identity === undefined
          ? stays.inside(normalisePlateText(input.plate ?? ''))
          : stays.insideIdentity(input.identity);
      if (!stay) throw new NotFoundError('没有这辆车的在场记录');
      await deps.prices?.fresh(stay);
      const account = deps.lanes.account(stay);
      if (!account && deps.prices?.platform != null) throw feeUnknown();
      if (!account) throw new NotFoundError('没有适用的收费规则');
      const entry = pictures.ofStay(stay.uid).find((photo) => photo.purpose === 'entry');
      const owed = debts.due(stay.plate.text, clock.now());
      return {
        stay: stayView(stay),
        fee: account.fee,
        chargeFen: account.chargeFen,
        discountFen: account.discountFen,
        discounts: [...account.discounts],
        paidFen: account.paidFen,
        dueFen: account.dueFen,
        debtFen: owed.reduce((sum, debt) => sum + debt.amountFen - debt.paidFen, 0),
        leaveBy: account.graceUntil === null ? null : toRfc3339(account.graceUntil),
        doubts: deps.lanes.doubts(stay).map((doubt) => ({ ...doubt, at: toRfc3339(doubt.at) })),
        at: toRfc3339(clock.now()),
        entryPhotoId: entry?.id ?? null,
      };
    }),
    photos: {
      get: os.photos.get.handler(async ({ input }) => {
        const jpeg = await photos.read(input.id);
        if (!jpeg) throw new NotFoundError('照片不存在或已损坏');
        return { id: input.id, contentType: 'image/jpeg' as const, base64: Buffer.from(jpeg).toString('base64') };
      }),
    },
  };
}
