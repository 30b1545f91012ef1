import { Button, Tooltip } from 'antd';
import type { ImportKind } from '../../shared/domain/import-job.ts';
import { platformIdSchema } from '../../shared/domain/site.ts';
import { useWords } from '../lib/i18n/index.ts';
import { plateWithDot } from '../lib/plates.ts';
import { platformName } from '../lib/platform-name.ts';
import { href } from '../lib/route.ts';
import { may, stationNow, useSession } from '../lib/station/session.ts';
import { dateOf, daysUntil, isEndless, type SpanState, shortMoment, spanState } from './days.ts';
import { saveFile } from './files.ts';
import { useAct } from './use-act.ts';
import { State, type Tone } from './Values.tsx';

/** What the screens of the registry draw alike. */

export function PlateText({ plate }: { plate: string }) {
  return <strong className="value-money">{plateWithDot(plate)}</strong>;
}

/** Who put something there: a person of the house, or a platform, which is marked: its things are its own. */
export function Source({ name }: { name: string }) {
  const { t } = useWords();
  if (platformIdSchema.safeParse(name).success)
    return <State tone="info">{t('registry.sourcePlatform', { name: platformName(name, t) })}</State>;
  return name === 'provision' ? t('registry.sourceFile') : name;
}

/** `2026-01-01 ~ 2026-12-31`; what ends never says so. `days`: without times, where only the day counts. */
export function Validity({ from, to, days = false }: { from: string; to: string; days?: boolean }) {
  const { t } = useWords();
  const said = days ? dateOf : shortMoment;
  return (
    <span className="value-time">
      {said(from)} ~ {isEndless(to) ? t('registry.forever') : said(to)}
    </span>
  );
}

const spanTones: Record<SpanState, Tone> = { coming: 'info', now: 'go', over: 'plain' };

/** Whether a span has begun, holds or is over, in a word. */
export function SpanTag({ from, to }: { from: string; to: string }) {
  const { t } = useWords();
  const state = spanState(from, to, stationNow());
  return <State tone={spanTones[state]}>{t(`registry.span.${state}`)}</State>;
}

/** How long until the end, in days; amber when it is near. */
export function DaysLeft({ to, soon }: { to: string; soon: number }) {
  const { t } = useWords();
  if (isEndless(to)) return t('registry.forever');
  const days = daysUntil(to, stationNow());
  if (days === 0) return <State tone="call">{t('registry.lastDay')}</State>;
  if (days < 0) return <State tone="plain">{t('registry.daysOver', { n: -days })}</State>;
  return <State tone={days <= soon ? 'call' : 'plain'}>{t('registry.daysLeft', { n: days })}</State>;
}

/** The filter of a list, as far as a file can follow it. */
export interface FileFilter {
  readonly plate?: string | undefined;
  readonly text?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly merchantId?: string | undefined;
  readonly road?: string | undefined;
  readonly endingWithinDays?: number | undefined;
}

/** The ways of a whole table out of the house and into it. */
export function TableFiles({ what, filter }: { what: ImportKind; filter: FileFilter }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const act = useAct();
  const fetchFile = async (format: 'xlsx' | 'csv'): Promise<void> => {
    const file = await act.run((client) => client.exports.file({ what, format, ...filter }), {
      done: t('registry.exported'),
    });
    if (file) saveFile(file);
  };
  return (
    <>
      {act.problem !== null && (
        <span className="problem-line" role="alert">
          {act.problem}
        </span>
      )}
      {may(user, 'import.run') && (
        <Button href={href('imports', { query: { what } })}>{t('registry.importInto')}</Button>
      )}
      {may(user, 'export.file') && (
        <>
          <Tooltip title={t('registry.exportWhole')}>
            <Button loading={act.busy} onClick={() => void fetchFile('xlsx')}>
              {t('kit.exportXlsx')}
            </Button>
          </Tooltip>
          <Button disabled={act.busy} onClick={() => void fetchFile('csv')}>
            {t('kit.exportCsv')}
          </Button>
        </>
      )}
    </>
  );
}
