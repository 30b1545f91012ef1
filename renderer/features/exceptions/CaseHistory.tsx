import type { EventView } from '../../../shared/contract/journal.ts';
import type { CaseView } from '../../../shared/contract/payments.ts';
import { eventBodies } from '../../../shared/domain/events.ts';
import { fromRfc3339, toRfc3339 } from '../../../shared/domain/time.ts';
import { Photo } from '../../components/Photo.tsx';
import { actorName } from '../../events/actor-name.ts';
import { describeEvent } from '../../events/describe-event.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Answer } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { When } from '../../office/Values.tsx';

/** How long before and after a case opened its passage may have lasted. */
const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 10 * 60_000;

interface Picture {
  readonly id: string;
  readonly at: string;
}

/** The pictures that rows of the journal speak of, each once. */
function picturesOf(rows: readonly EventView[]): readonly Picture[] {
  const found = new Map<string, Picture>();
  for (const { kind, body, at } of rows) {
    const id =
      kind === 'photo-taken'
        ? eventBodies['photo-taken'].safeParse(body).data?.photoId
        : kind === 'gate-commanded'
          ? eventBodies['gate-commanded'].safeParse(body).data?.photoId
          : undefined;
    if (id) found.set(id, { id, at });
  }
  return [...found.values()];
}

/** What the journal knows of the passage or the stay that a case is about, with the photos taken then. */
export function CaseHistory({ of }: { of: CaseView }) {
  const { t, language } = useWords();
  const opened = fromRfc3339(of.openedAt);
  const rows = useAsk<readonly EventView[]>(
    (client, signal) => {
      if (of.passageId === null)
        return of.uid === null ? null : client.events.list({ key: of.uid, limit: 200 }, { signal });
      const span = { from: toRfc3339(opened - BEFORE_MS), to: toRfc3339(opened + AFTER_MS) };
      const lane = of.laneId === null ? {} : { laneId: of.laneId };
      return client.events
        .list({ ...span, ...lane, limit: 500 }, { signal })
        .then((found) => found.filter((row) => row.passageId === of.passageId));
    },
    [of.id],
  );
  if (of.passageId === null && of.uid === null) return null;
  return (
    <Answer of={rows} rows={4}>
      {(found) => {
        const pictures = picturesOf(found).slice(0, 6);
        const told = found.filter((row) => row.kind !== 'photo-taken' && row.kind !== 'case-changed').toReversed();
        return (
          <>
            <h3>{t('exceptions.photos')}</h3>
            {pictures.length === 0 ? (
              <p className="case-none">{t('exceptions.noPhotos')}</p>
            ) : (
              <div className="case-photos">
                {pictures.map(({ id, at }) => (
                  <Photo key={id} id={id} alt={t('exceptions.photos')} caption={formatDateTime(at)} />
                ))}
              </div>
            )}
            <h3>{t('exceptions.happened')}</h3>
            {told.length === 0 ? (
              <p className="case-none">{t('exceptions.noHappened')}</p>
            ) : (
              <ol className="case-rows">
                {told.map((row) => {
                  const { text, tone } = describeEvent(row, t, language);
                  return (
                    <li key={row.seq} data-tone={tone}>
                      <When at={row.at} />
                      <span>{text}</span>
                      <span>{row.actor.kind === 'station' ? '' : actorName(row.actor, t)}</span>
                    </li>
                  );
                })}
              </ol>
            )}
          </>
        );
      }}
    </Answer>
  );
}
