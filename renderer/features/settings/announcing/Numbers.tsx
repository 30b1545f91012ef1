import { Button, Input, InputNumber, Slider } from 'antd';
import { useId } from 'react';
import { type AnnouncementRules, quietHoursSchema } from '../../../../shared/domain/announcement.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Field } from '../../../office/Form.tsx';
import { Box } from '../../../office/Page.tsx';

interface Props {
  readonly rules: AnnouncementRules;
  readonly faults: ReadonlySet<string>;
  readonly onChange: (part: Partial<AnnouncementRules>) => void;
}

/** How loud, and when less so. `now`: what counts at this moment. */
export function VoiceBox({ rules, onChange, now }: Props & { readonly now: number | null }) {
  const { t } = useWords();
  const id = useId();
  const { volume, quietHours } = rules;
  const put = (index: number, part: Partial<AnnouncementRules['quietHours'][number]>): void =>
    onChange({ quietHours: quietHours.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const percent = (value: number): string => (value === 0 ? t('settings.announcing.voice.silent') : `${value}%`);
  return (
    <Box
      title={t('settings.announcing.voice.title')}
      extra={
        now !== null && <span className="value-none">{t('settings.announcing.voice.now', { n: percent(now) })}</span>
      }
    >
      <div className="ann-volume">
        <Slider
          min={0}
          max={100}
          step={5}
          value={volume}
          tooltip={{ open: false }}
          ariaLabelForHandle={t('settings.announcing.voice.volume')}
          onChange={(value) => onChange({ volume: value })}
        />
        <output>{percent(volume)}</output>
      </div>
      <h4>{t('settings.announcing.voice.quiet')}</h4>
      <p className="set-note">
        {t(quietHours.length === 0 ? 'settings.announcing.voice.none' : 'settings.announcing.voice.quietHelp')}
      </p>
      {quietHours.map((quiet, index) => {
        const wrong = !quietHoursSchema.safeParse(quiet).success;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place, its times are being typed
            key={index}
            className="ann-quiet"
            data-fault={wrong}
          >
            {(['from', 'to'] as const).map((end) => (
              <label key={end} htmlFor={`${id}-${index}-${end}`}>
                <span>{t(`settings.announcing.voice.${end}`)}</span>
                <Input
                  {...{ id: `${id}-${index}-${end}`, maxLength: 5, placeholder: 'HH:mm' }}
                  status={wrong ? 'error' : ''}
                  value={quiet[end]}
                  onChange={(event) => put(index, { [end]: event.target.value })}
                />
              </label>
            ))}
            <label htmlFor={`${id}-${index}-volume`}>
              <span>{t('settings.announcing.voice.at')}</span>
              <InputNumber
                controls={false}
                {...{ id: `${id}-${index}-volume`, min: 0, max: 100, precision: 0, suffix: '%' }}
                value={quiet.volume}
                onChange={(value) => put(index, { volume: value ?? 0 })}
              />
            </label>
            <Button
              aria-label={t('settings.announcing.voice.remove', { from: quiet.from, to: quiet.to })}
              onClick={() => onChange({ quietHours: quietHours.filter((_, at) => at !== index) })}
            >
              {t('kit.remove')}
            </Button>
            {wrong && <em role="alert">{t('settings.announcing.voice.fault')}</em>}
          </div>
        );
      })}
      <Button
        disabled={quietHours.length >= 8}
        onClick={() => onChange({ quietHours: [...quietHours, { from: '22:00', to: '07:00', volume: 0 }] })}
      >
        {t('settings.announcing.voice.add')}
      </Button>
    </Box>
  );
}

/** How long texts stay, and how often displays are told anew. */
export function TimesBox({ rules, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  return (
    <Box title={t('settings.announcing.times.title')}>
      <div className="form ann-one">
        <Field
          id={`${id}-hold`}
          label={t('settings.announcing.times.hold')}
          hint={t('settings.announcing.times.holdHelp')}
        >
          <InputNumber
            controls={false}
            {...{ id: `${id}-hold`, min: 3, max: 120, precision: 0 }}
            value={rules.holdSeconds}
            onChange={(value) => value !== null && onChange({ holdSeconds: value })}
          />
        </Field>
        <Field
          id={`${id}-idle`}
          label={t('settings.announcing.times.idle')}
          hint={t('settings.announcing.times.idleHelp')}
        >
          <InputNumber
            controls={false}
            {...{ id: `${id}-idle`, min: 10, max: 3600, precision: 0 }}
            value={rules.idleEverySeconds}
            onChange={(value) => value !== null && onChange({ idleEverySeconds: value })}
          />
        </Field>
      </div>
    </Box>
  );
}

/** From how many free spaces on a sign changes its colour, with a sign of each. */
export function SignBox({ rules, faults, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const { sign } = rules;
  const samples = [
    { n: sign.yellowAtMost + 1, color: 'green' },
    { n: sign.yellowAtMost, color: sign.yellowAtMost <= sign.redAtMost ? 'red' : 'yellow' },
    { n: sign.redAtMost, color: 'red' },
  ] as const;
  return (
    <Box title={t('settings.announcing.sign.title')}>
      <ul className="ann-signs">
        {samples.map(({ n, color }, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: three places, whatever stands there
            key={index}
            data-color={color}
            aria-label={t('settings.announcing.sign.sample', {
              n,
              color: t(`settings.announcing.dialog.colors.${color}`),
            })}
          >
            {n}
          </li>
        ))}
      </ul>
      <div className="form ann-one">
        {(['yellow', 'red'] as const).map((color) => (
          <Field
            key={color}
            id={`${id}-${color}`}
            label={t(`settings.announcing.sign.${color}`)}
            fault={color === 'red' && faults.has('sign') ? t('settings.announcing.sign.fault') : undefined}
          >
            <InputNumber
              controls={false}
              {...{ id: `${id}-${color}`, min: 0, max: 999_999, precision: 0 }}
              value={sign[`${color}AtMost`]}
              onChange={(value) => value !== null && onChange({ sign: { ...sign, [`${color}AtMost`]: value } })}
            />
          </Field>
        ))}
      </div>
    </Box>
  );
}
