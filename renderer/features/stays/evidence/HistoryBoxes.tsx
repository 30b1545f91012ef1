import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Evidence } from '../../../../shared/contract/evidence.ts';
import { attentionSchema } from '../../../../shared/contract/lanes.ts';
import { Photo } from '../../../components/Photo.tsx';
import { type Translate, useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { PlateCell } from '../../../office/stay/StayWords.tsx';
import { State, type Tone, When } from '../../../office/Values.tsx';

/** A box of dated lines, or the sentence that there is none. */
function Lines(props: { title: string; none: string; tone?: 'call'; children: readonly ReactNode[] }) {
  return (
    <Box title={props.title}>
      {props.children.length === 0 ? (
        <p className="evidence-none">{props.none}</p>
      ) : (
        <ul className="evidence-lines" data-tone={props.tone}>
          {props.children}
        </ul>
      )}
    </Box>
  );
}

const where = (...parts: readonly (string | null)[]): string => parts.filter((part) => part).join(' · ');

export function ReadsBox({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  return (
    <Lines title={t('stays.evidence.reads')} none={t('stays.evidence.noReads')}>
      {evidence.reads.map((read) => (
        <li key={read.seq}>
          <PlateCell plate={read.plate} />
          <When at={read.at} />
          <span>
            {where(
              read.lane,
              read.confidence === null ? null : t('stays.evidence.confidence', { n: read.confidence }),
              read.stored ? t('stays.evidence.storedRead') : null,
              read.openedByCamera ? t('stays.evidence.openedByCamera') : null,
              read.deviceId,
            )}
          </span>
        </li>
      ))}
    </Lines>
  );
}

const corrections = ['plate', 'time', 'fee', 'void', 'terms', 'review', 'reopened'] as const;
const correctionName = (what: string, t: Translate): string => {
  const known = corrections.find((each) => each === what);
  return known ? t(`event.correction.${known}`) : what;
};

export function CorrectionsBox({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  return (
    <Lines title={t('stays.evidence.corrections')} none={t('stays.evidence.noCorrections')}>
      {evidence.corrections.map((each) => (
        <li key={each.seq}>
          <State tone="call">{correctionName(each.what, t)}</State>
          <When at={each.at} />
          <span className="evidence-change">
            <del>{each.before}</del> → <ins>{each.after}</ins>
          </span>
          <span>{where(each.actor, each.reason)}</span>
        </li>
      ))}
    </Lines>
  );
}

function attentionName(reason: string, t: Translate): string {
  const known = attentionSchema.safeParse(reason);
  return known.success ? t(`attention.${known.data}.title`) : reason;
}

export function WaitingBox({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  const decisions = evidence.timeline.filter(
    (row) => row.kind === 'passage-approved' || row.kind === 'plate-corrected',
  );
  const lines = [
    ...evidence.waiting.map((each) => ({ ...each, text: attentionName(each.reason, t), by: '' })),
    ...decisions.map((row) => ({ ...row, text: `${row.title} ${row.text}`, by: row.actor.name })),
  ].sort((a, b) => a.seq - b.seq);
  return (
    <Lines title={t('stays.evidence.waiting')} none={t('stays.evidence.noWaiting')}>
      {lines.map((line) => (
        <li key={line.seq}>
          <When at={line.at} />
          <span>{where(line.text, line.lane, line.by)}</span>
        </li>
      ))}
    </Lines>
  );
}

type Movement = Evidence['movements'][number];
const outcomeTones: Record<Movement['outcome'], Tone> = {
  pending: 'call',
  done: 'go',
  refused: 'stop',
  unknown: 'stop',
};
const nameOf = <K extends string>(known: readonly K[], code: string): K | undefined =>
  known.find((each) => each === code);

export function MovementsBox({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  return (
    <Lines title={t('stays.evidence.movements')} none={t('stays.evidence.noMovements')}>
      {evidence.movements.map((move) => {
        const action = nameOf(['open', 'close', 'hold', 'release-hold'], move.action);
        const origin = nameOf(['decision', 'payment', 'released', 'manual', 'platform'], move.origin);
        return (
          <li key={move.commandId}>
            <State tone={outcomeTones[move.outcome]}>{t(`lane.outcome.${move.outcome}`)}</State>
            <When at={move.at} />
            <span>
              {where(
                `${origin ? t(`stays.evidence.origin.${origin}`) : move.origin}${action ? t(`lane.action.${action}`) : move.action}`,
                move.lane,
                formatActor(move.actor),
                move.reason,
                move.detail,
              )}
            </span>
            {move.photoId !== null && <MovementPhoto id={move.photoId} />}
          </li>
        );
      })}
    </Lines>
  );
}

function MovementPhoto({ id }: { id: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('stays.evidence.photos')}
      </Button>
      {open && (
        <div className="evidence-inline-photo">
          <Photo id={id} alt={t('stays.evidence.photos')} />
        </div>
      )}
    </>
  );
}

export function AroundBox({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  return (
    <Lines title={t('stays.evidence.around')} none={t('stays.evidence.noAround')} tone="call">
      {evidence.around.map((each) => (
        <li key={each.seq}>
          <When at={each.at} />
          <strong>{each.title}</strong>
          <span>{where(each.text, each.lane, formatActor(each.actor))}</span>
        </li>
      ))}
    </Lines>
  );
}

/** The station itself is nobody to name. */
const formatActor = (actor: string): string | null => (actor === 'station' ? null : actor);
