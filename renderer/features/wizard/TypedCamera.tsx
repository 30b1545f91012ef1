import { Input, Select } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import type { Maker } from './makers.ts';
import type { CameraChoice } from './model.ts';

type Typed = Extract<CameraChoice, { kind: 'typed' }>;

/** A camera that has not called yet: whose it is, and what his cameras cannot do without. */
export function TypedCamera(props: {
  lane: string;
  camera: Typed;
  makers: readonly Maker[];
  fault: boolean;
  onChange: (camera: Typed) => void;
}) {
  const { t } = useWords();
  const { camera, makers } = props;
  const maker = makers.find(({ driver }) => driver === camera.driver);
  const fields =
    maker?.fields ?? camera.needed.map((name) => ({ name, title: t('wizard.devices.serialHint'), secret: false }));
  const choose = (driver: string): void => {
    const chosen = makers.find((each) => each.driver === driver);
    if (!chosen) return;
    const needed = chosen.fields.map(({ name }) => name);
    const settings = Object.fromEntries(Object.entries(camera.settings).filter(([name]) => needed.includes(name)));
    props.onChange({ ...camera, driver, needed, settings });
  };
  return (
    <div className="wizard-typed">
      <Select
        aria-label={t('wizard.devices.makerOf', { name: props.lane })}
        value={camera.driver}
        options={
          makers.length === 0
            ? [{ value: camera.driver, label: camera.driver }]
            : makers.map(({ driver, name }) => ({ value: driver, label: name }))
        }
        onChange={choose}
      />
      {fields.map(({ name, title, secret }) => {
        const value = camera.settings[name] ?? '';
        const shared = {
          value,
          placeholder: title,
          maxLength: 200,
          'aria-label': t('wizard.devices.fieldOf', { name: props.lane, field: title }),
          status: props.fault && value.trim() === '' ? ('error' as const) : ('' as const),
          onChange: ({ target }: { target: { value: string } }) =>
            props.onChange({ ...camera, settings: { ...camera.settings, [name]: target.value } }),
        };
        return secret ? (
          <Input.Password key={name} {...shared} autoComplete="new-password" />
        ) : (
          <Input key={name} {...shared} />
        );
      })}
    </div>
  );
}
