import { Button, Checkbox, Input, Slider } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../../shared/contract/devices.ts';
import type { DisplayColor } from '../../../../shared/domain/display.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { DisplayPreview } from '../DisplayPreview.tsx';
import { ColorPick } from './ColorPick.tsx';
import { Ended, type EndedView } from './Ended.tsx';

const LINES = [0, 1, 2, 3] as const;
const EMPTY: readonly TriedLine[] = LINES.map(() => ({ text: '', color: undefined }));

interface TriedLine {
  readonly text: string;
  readonly color: DisplayColor | undefined;
}

/** A test text with a colour for each line, and a sentence where the display has a voice. */
export function DisplayTry({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [lines, setLines] = useState(EMPTY);
  const [speech, setSpeech] = useState('');
  const [volume, setVolume] = useState<number | null>(null);
  const [ended, setEnded] = useState<EndedView | null>(null);
  const { id, can } = device;
  const written = lines.map(({ text, color }) => ({ text: text.trim(), color }));
  const last = written.findLastIndex(({ text }) => text !== '');
  const said = speech.trim();
  const ready = last >= 0 || said !== '';
  const put = (at: number, part: Partial<TriedLine>): void =>
    setLines(lines.map((line, index) => (index === at ? { ...line, ...part } : line)));
  const show = async (): Promise<void> => {
    setEnded(null);
    const answer = await act.run((client) =>
      client.devices.show({
        ...{ id, speech: said, lines: written.slice(0, last + 1) },
        ...(volume === null ? {} : { volume }),
      }),
    );
    setEnded(answer ?? null);
    onDone();
  };
  return (
    <section className="dev-try">
      <h4>{t('devices.test.show')}</h4>
      <p className="dev-note">{t('devices.test.showText')}</p>
      <form
        className="dev-show"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void show();
        }}
      >
        {LINES.map((at) => (
          <div className="dev-show-line" key={at}>
            <Input
              aria-label={t('devices.test.line', { n: at + 1 })}
              placeholder={t('devices.test.line', { n: at + 1 })}
              maxLength={40}
              value={lines[at]?.text ?? ''}
              onChange={(event) => put(at, { text: event.target.value })}
            />
            <ColorPick
              label={t('devices.test.color', { n: at + 1 })}
              none={t('devices.test.colorAsSet')}
              value={lines[at]?.color}
              onChange={(color) => put(at, { color })}
            />
          </div>
        ))}
        {can.speak && (
          <Input
            aria-label={t('devices.test.speech')}
            prefix={<span className="dev-note">{t('devices.test.speech')}</span>}
            placeholder={t('devices.test.speechHint')}
            maxLength={60}
            value={speech}
            onChange={(event) => setSpeech(event.target.value)}
          />
        )}
        {can.volume && <Volume value={volume} onChange={setVolume} />}
        <div className="dev-acts">
          <Button type="primary" htmlType="submit" disabled={!ready} loading={act.busy}>
            {t('devices.test.show')}
          </Button>
          <Ended of={ended} />
        </div>
      </form>
      <Problem text={act.problem} />
      {device.showing && <DisplayPreview lines={device.showing} caption={t('devices.fact.showing')} />}
    </section>
  );
}

const FIRST_VOLUME = 50;

function Volume({ value, onChange }: { value: number | null; onChange: (percent: number | null) => void }) {
  const { t } = useWords();
  return (
    <div className="dev-volume">
      <Checkbox checked={value !== null} onChange={(event) => onChange(event.target.checked ? FIRST_VOLUME : null)}>
        {t('devices.test.volume')}
      </Checkbox>
      {value !== null && (
        <>
          <Slider min={1} max={100} value={value} onChange={onChange} ariaLabelForHandle={t('devices.test.volume')} />
          <output>{value}%</output>
          <p className="dev-note">{t('devices.test.volumeText')}</p>
        </>
      )}
    </div>
  );
}
