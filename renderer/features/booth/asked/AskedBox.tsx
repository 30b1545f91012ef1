import type { AskedView, LaneView, PassageView } from '../../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { Shape } from '../../../components/Shape.tsx';
import type { Translate } from '../../../lib/i18n/index.ts';
import { platformName } from '../../../lib/platform-name.ts';
import { Elapsed, useNow } from '../Elapsed.tsx';
import { keyLabel, useBoothWords } from '../keymap/key-names.ts';
import { type AskedStage, stageOf, stageShapes } from './stage.ts';

/** Quicker answers need no seconds: they would only flicker. */
const SOON_MS = 3_000;

/** A person may be needed: said aloud once, not at each question. */
const urgent = new Set<AskedStage>(['refused', 'silent', 'unsure', 'stopped']);

/** What it said last is no news then. */
const wordless = new Set<AskedStage>(['allowed', 'asking', 'unsure']);

/** What the platform that has the word says about the car on show, in one glance: who decides, what it said, what follows, what can be done. */
export function AskedBox({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t, keys } = useBoothWords();
  const stage = stageOf(lane);
  if (stage === null || stage === 'alone' || stage === 'remote') return null;
  const { asked } = passage;
  const open = keyLabel(lane.direction === 'in' ? keys.openIn : keys.openOut);
  const told = { platform: platformName(lane.authority ?? '', t), open, ...figures(asked) };
  const since = fromRfc3339(asked?.since ?? passage.startedAt);
  return (
    <div className="car-asking" data-stage={stage}>
      <Shape name={stageShapes[stage]} size={30} />
      <div className="car-asking-text">
        <p role={urgent.has(stage) ? 'alert' : 'status'}>
          <strong>
            {t(
              stage === 'allowed' && asked?.verdict !== 'open' ? 'asking.allowedAlone' : `asking.${stage}.title`,
              told,
            )}
          </strong>
          <span>{todoOf(stage, asked, told, t)}</span>
        </p>
        {asked !== null && asked.detail !== '' && !wordless.has(stage) && (
          <q className="car-asking-detail" title={asked.detail}>
            {asked.answer === 'refuse'
              ? t('asking.said', { ...told, detail: asked.detail })
              : t('asking.fault', { detail: faultOf(asked.detail, t) })}
          </q>
        )}
      </div>
      <div className="car-asking-facts">
        {lane.loop !== null && lane.loop !== 'unknown' && (
          <span className="car-loop" data-loop={lane.loop}>
            {t(`asking.loop.${lane.loop}`)}
          </span>
        )}
        <span aria-live="off">
          {stage === 'asking' ? <Late since={since} /> : <Elapsed since={since} />}
          {asked !== null && asked.attempt > 1 && <small>{t('asking.attempt', { n: asked.attempt })}</small>}
        </span>
      </div>
    </div>
  );
}

const figures = (asked: AskedView | null) => ({
  n: asked?.failures ?? 0,
  of: asked?.giveUpAfter ?? 0,
  seconds: asked?.pollSeconds ?? 0,
});

function todoOf(stage: AskedStage, asked: AskedView | null, told: ReturnType<typeof figures>, t: Translate): string {
  if (stage === 'failing' && asked) return t(`asking.thereupon.${asked.onGiveUp}`, told);
  if (stage === 'failing' || stage === 'alone' || stage === 'remote') return '';
  return t(`asking.${stage}.todo`, told);
}

/** What the network says of itself is no word for a cashier: it stays in the record. */
export const faultOf = (detail: string, t: Translate): string =>
  /\bE[A-Z]{4,}\b|socket|fetch|abort/i.test(detail) ? t('asking.unreachable') : detail;

/** Only once it takes long. */
export function Late({ since }: { since: number }) {
  return useNow() - since > SOON_MS ? <Elapsed since={since} /> : null;
}
