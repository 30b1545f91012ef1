import { Button, Select } from 'antd';
import { channelName } from '../../../lib/channel-name.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { Empty } from '../../../office/States.tsx';
import { State } from '../../../office/Values.tsx';
import type { SectionProps } from '../section.ts';
import { edit } from '../store.ts';
import { useFault } from '../use-draft.ts';

/** 收费渠道: those that the enabled platforms offer, in the order in which an exit asks them. */
export function ChannelsSection({ draft, forms }: SectionProps) {
  const { t } = useWords();
  const faultAt = useFault();
  const { channels } = draft;
  const offered = new Map(forms.channels.map((channel) => [channel.id, channel]));
  const left = forms.channels.filter(({ id }) => !channels.includes(id));
  const move = (from: number, to: number): void =>
    edit((document) => {
      const [moved] = document.channels.splice(from, 1);
      if (moved !== undefined) document.channels.splice(to, 0, moved);
    });
  return (
    <Box>
      <p className="set-note">{t('settings.channels.help')}</p>
      {channels.length === 0 && <Empty title={t('settings.channels.none')} text={t('settings.channels.noneText')} />}
      {channels.map((channel, index) => {
        const known = offered.get(channel);
        const named = known ? channelName(known, t) : channel;
        return (
          <div className="set-row" key={channel}>
            <span className="set-channel">
              <b>
                {index + 1}. {named}
              </b>{' '}
              {known === undefined ? (
                <State tone="call">{t('settings.channels.absent')}</State>
              ) : (
                <>
                  <small className="value-none">{channel}</small>
                  <small className="set-channel-does">{t(`settings.channels.does.${known.kind}`)}</small>
                </>
              )}
              {faultAt(['channels', index]) !== undefined && <em role="alert">{faultAt(['channels', index])}</em>}
            </span>
            <Button
              disabled={index === 0}
              aria-label={`${t('settings.channels.up')} ${named}`}
              onClick={() => move(index, index - 1)}
            >
              {t('settings.channels.up')}
            </Button>
            <Button
              disabled={index === channels.length - 1}
              aria-label={`${t('settings.channels.down')} ${named}`}
              onClick={() => move(index, index + 1)}
            >
              {t('settings.channels.down')}
            </Button>
            <Button
              danger
              aria-label={`${t('settings.channels.remove')} ${named}`}
              onClick={() => edit((to) => void to.channels.splice(index, 1))}
            >
              {t('settings.channels.remove')}
            </Button>
          </div>
        );
      })}
      {left.length > 0 ? (
        <Select<string>
          aria-label={t('settings.channels.add')}
          style={{ width: 280 }}
          placeholder={t('settings.channels.add')}
          value={null}
          options={left.map((channel) => ({ value: channel.id, label: channelName(channel, t) }))}
          onChange={(id) => edit((to) => void to.channels.push(id))}
        />
      ) : (
        <p className="set-note">{t('settings.channels.allNamed')}</p>
      )}
    </Box>
  );
}
