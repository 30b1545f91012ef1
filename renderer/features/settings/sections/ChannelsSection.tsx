import { Button } from 'antd';
import { useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { Empty } from '../../../office/States.tsx';
import { TextField } from '../fields.tsx';
import type { SectionProps } from '../section.ts';
import { edit } from '../store.ts';

export function ChannelsSection({ draft }: SectionProps) {
  const { t } = useWords();
  const { channels } = draft;
  const move = (from: number, to: number): void =>
    edit((document) => {
      const [moved] = document.channels.splice(from, 1);
      if (moved !== undefined) document.channels.splice(to, 0, moved);
    });
  return (
    <Box>
      <p className="set-note">{t('settings.channels.help')}</p>
      {channels.length === 0 && <Empty title={t('settings.channels.none')} text={t('settings.channels.noneText')} />}
      {channels.map((channel, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the id is what is being typed
        <div className="set-row" key={index}>
          <TextField
            {...{ path: ['channels', index], label: t('settings.channels.id'), value: channel, maxLength: 40 }}
            onChange={(id) => edit((to) => void to.channels.splice(index, 1, id))}
          />
          <Button disabled={index === 0} onClick={() => move(index, index - 1)}>
            {t('settings.channels.up')}
          </Button>
          <Button disabled={index === channels.length - 1} onClick={() => move(index, index + 1)}>
            {t('settings.channels.down')}
          </Button>
          <Button danger onClick={() => edit((to) => void to.channels.splice(index, 1))}>
            {t('settings.channels.remove')}
          </Button>
        </div>
      ))}
      <Button onClick={() => edit((to) => void to.channels.push(''))}>{t('settings.channels.add')}</Button>
    </Box>
  );
}
