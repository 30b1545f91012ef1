import type { BerthView } from '../../../shared/contract/berths.ts';
import { Shape } from '../../components/Shape.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { kindOf, needsOf } from './berth-state.ts';
import { CarBox } from './CarBox.tsx';
import { GoneBox } from './GoneBox.tsx';
import { PanelActs } from './PanelActs.tsx';
import { useKerb } from './store.ts';
import { needWord } from './words.ts';

/** The chosen berth: what is in it, what it owes, and what can be done about it. */
export function BerthPanel(props: { berth: BerthView; tail: number; title: string; now: number }) {
  const { t } = useWords();
  const { berth, now } = props;
  const gone = useKerb((state) => (state.gone?.berthId === berth.id ? state.gone.stay : null));
  const notice = useKerb((state) => state.notice);
  const kind = kindOf(berth);
  const needs = needsOf(berth, now);
  const head = berth.code.slice(0, -props.tail);
  return (
    <aside className="kerb-panel" aria-label={t('kerb.berth', { code: berth.code })}>
      <header className="panel-berth">
        <h2>
          <small>{head}</small>
          {berth.code.slice(-props.tail)}
        </h2>
        <p>
          {props.title} · {t(`kerb.${berth.side}`)}
        </p>
        <p className="panel-state" data-kind={kind}>
          <strong>{t(`kerb.state.${kind}`)}</strong>
          <span>
            {berth.since !== null &&
              kind !== 'out' &&
              `${t('kerb.sinceAt', { time: formatMoment(berth.since, now) })} · `}
            {berth.source !== null && kind !== 'out' && `${t(`kerb.source.${berth.source}`)} · `}
            {t(`kerb.device.${berth.device ?? 'none'}`)}
          </span>
        </p>
      </header>
      {needs.length > 0 && (
        <ul className="panel-needs">
          {needs.map((need) => (
            <li key={need} data-need={need}>
              <Shape name={need === 'offline' ? 'cut' : 'attention'} size={16} />
              {needWord(need, t)}
            </li>
          ))}
        </ul>
      )}
      <div className="panel-body">
        {gone !== null && <GoneBox stay={gone} />}
        {berth.car !== null && <CarBox key={berth.car.uid} berth={berth} car={berth.car} now={now} />}
        {berth.car === null && gone === null && <Explained kind={kind} />}
      </div>
      <div className="panel-foot">
        <p className="panel-notice" role="status" data-tone={notice?.tone}>
          {notice?.text}
        </p>
        <PanelActs berth={berth} />
      </div>
    </aside>
  );
}

function Explained({ kind }: { kind: ReturnType<typeof kindOf> }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  if (kind === 'out')
    return (
      <p className="panel-text">
        {t('kerb.outText')} {may(user, 'berth.edit') && <a href={href('berths')}>{t('kerb.toRegister')}</a>}
      </p>
    );
  if (kind === 'stray') return <p className="panel-text">{t('kerb.strayText')}</p>;
  if (kind === 'unknown') return <p className="panel-text">{t('kerb.unknownText')}</p>;
  return null;
}
