import { KeyButton } from '../../../components/KeyButton.tsx';
import { Shape } from '../../../components/Shape.tsx';
import { formatMoney } from '../../../lib/format.ts';
import { Elapsed } from '../Elapsed.tsx';
import { keyLabel, useBoothWords } from '../keymap/key-names.ts';
import { perform } from '../keys.ts';
import { AskPlan } from './AskPlan.tsx';
import { isOpen, isSetAside } from './attempts.ts';
import type { Channel } from './pay-store.ts';
import { saidOf } from './said-of.ts';
import type { Try } from './try.ts';

/** How a try stands, for how long, whether money is to be taken now, and what happens by itself. */
export function TryLine(props: {
  latest: Try;
  channels: readonly Channel[];
  /** Of the channel that was asked. */
  channel: string;
  asking: boolean;
}) {
  const { t, keys } = useBoothWords();
  const { latest, channels, channel, asking } = props;
  const { tone, shape, state, todo, verdict, why } = saidOf(latest);
  const plan = channels.find(({ id }) => id === latest.channel)?.askAtMs ?? [];
  return (
    <div
      className="pay-state"
      data-tone={tone}
      data-state={isSetAside(latest) ? 'aside' : latest.state}
      role={tone === 'call' ? 'alert' : 'status'}
    >
      <p>
        <Shape name={shape} size={24} />
        <strong>{t(state)}</strong>
        <span>
          {channel} {formatMoney(latest.amountFen)}
        </span>
        {isOpen(latest) && <Elapsed since={latest.createdAt} />}
      </p>
      {why !== '' && <p className="pay-detail">{why}</p>}
      <div className="pay-todo">
        {verdict !== null && (
          <b className="pay-verdict" data-verdict={verdict}>
            {t(`boothMore.pay.verdict.${verdict}`)}
          </b>
        )}
        <p>
          {verdict === 'take' && <Ways channels={channels} />}
          {todo !== null && t(todo)}
        </p>
      </div>
      {latest.state === 'unknown' && (
        <div className="pay-asked">
          <KeyButton
            keyHint={keyLabel(keys.refresh)}
            tone={latest.setAside ? 'plain' : 'call'}
            disabled={asking}
            onPress={() => perform('refresh')}
          >
            {t('boothMore.pay.query')}
          </KeyButton>
          {latest.unknownAt !== null && plan.length > 0 && !latest.setAside && (
            <AskPlan since={latest.unknownAt} atMs={plan} />
          )}
        </div>
      )}
    </div>
  );
}

/** What can be taken now, each with its key. */
function Ways({ channels }: { channels: readonly Channel[] }) {
  const { t, keys } = useBoothWords();
  const has = (kind: Channel['kind']): boolean => channels.some((channel) => channel.kind === kind);
  return (
    <span className="pay-ways">
      <span>
        {t('boothMore.pay.way.cash')} <kbd>{keyLabel(keys.proceed)}</kbd>
      </span>
      {has('qr') && (
        <span>
          {t('boothMore.pay.way.code')} <kbd>{keyLabel(keys.pay)}</kbd>
        </span>
      )}
      {has('scan') && <span>{t('boothMore.pay.way.gun')}</span>}
    </span>
  );
}

/** 待核实, beside what is being taken now: it holds nothing up, and what becomes of it needs no hand here. */
export function AsideLine({ aside, channel }: { aside: Try; channel: string }) {
  const { t } = useBoothWords();
  return (
    <p className="pay-aside">
      <Shape name="unknown" size={20} />
      <span>
        <strong>{t('boothMore.pay.aside')}</strong> {channel} {formatMoney(aside.amountFen)}{' '}
        <small>{t(aside.kind === 'agreement' ? 'boothMore.pay.auto.asideLater' : 'boothMore.pay.asideLater')}</small>
      </span>
    </p>
  );
}
