import { Radio } from 'antd';
import type { StationClient } from '../../../shared/contract/index.ts';
import { channelName } from '../../lib/channel-name.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';

export type Channel = Awaited<ReturnType<StationClient['payments']['channels']>>[number];
export type Way = { readonly kind: 'cash' | 'pos' } | { readonly kind: 'channel'; readonly channel: Channel };

const keyOf = (way: Way): string => (way.kind === 'channel' ? `channel:${way.channel.id}` : way.kind);

/** How it is paid: cash, a bank card, or a channel that shows a code or reads the driver's. */
export function WayChoice(props: { channels: readonly Channel[]; way: Way; onChange: (way: Way) => void }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const ways: readonly (readonly [Way, string])[] = [
    ...(may(user, 'cash.collect')
      ? ([
          [{ kind: 'cash' }, t('fee.pay.cash')],
          [{ kind: 'pos' }, t('fee.pay.pos')],
        ] as const)
      : []),
    ...(may(user, 'charge.send')
      ? props.channels
          .filter((channel) => channel.kind === 'qr' || channel.kind === 'scan')
          .map(
            (channel) =>
              [
                { kind: 'channel', channel } as const,
                `${channelName(channel, t)} · ${t(channel.kind === 'qr' ? 'fee.pay.showQr' : 'fee.pay.scan')}`,
              ] as const,
          )
      : []),
  ];
  return (
    <Radio.Group
      className="fee-pay-ways"
      optionType="button"
      aria-label={t('fee.pay.ways')}
      value={keyOf(props.way)}
      options={ways.map(([way, label]) => ({ value: keyOf(way), label }))}
      onChange={(event) => {
        const chosen = ways.find(([way]) => keyOf(way) === event.target.value);
        if (chosen) props.onChange(chosen[0]);
      }}
    />
  );
}
