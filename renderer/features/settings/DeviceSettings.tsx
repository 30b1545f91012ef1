import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import type { DeviceConfig } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useAsk } from '../../office/use-ask.ts';
import { SchemaForm } from './SchemaForm.tsx';
import { type References, readNode, type Settings } from './schema.ts';
import type { Path } from './store.ts';

const LOOPS = ['trigger-loop', 'safety-loop'] as const;
const SWITCHES = ['arm-up', 'arm-down'] as const;

/** What is looked at when hardware is connected, though a default often serves. */
const FRONT = ['port', 'baudRate', 'unit', 'profile', 'openCoil', 'closeCoil', 'inputs', 'area', 'columns', 'drawer'];

/** The settings of one device: what they name is chosen, and what this PC knows of is offered. */
export function DeviceSettings(props: {
  draft: ConfigurationDocument;
  device: DeviceConfig;
  schema: unknown;
  path: Path;
  onChange: (settings: Settings) => void;
}) {
  const { t } = useWords();
  const { draft, device, schema } = props;
  const isSerial = Object.hasOwn(readNode(schema).properties ?? {}, 'baudRate');
  const ports = useAsk((client, signal) => (isSerial ? client.devices.ports(undefined, { signal }) : null), [isSerial]);
  const roles = device.kind === 'barrier' || device.kind === 'io' ? [...LOOPS, ...SWITCHES] : LOOPS;
  const references: References = {
    camera: draft.devices.filter(({ kind }) => kind === 'camera').map(({ id }) => ({ value: id, label: id })),
    ...(device.kind === 'sign' ? { area: draft.areas.map(({ id, name }) => ({ value: id, label: name })) } : {}),
  };
  const suggestions: References = {
    role: roles.map((role) => ({ value: role, label: `${t(`settings.device.roles.${role}`)}　${role}` })),
    ...(isSerial
      ? {
          path: (ports.data ?? []).map(({ path, name }) => ({
            value: path,
            label: name === '' ? path : `${path}　${name}`,
          })),
        }
      : {}),
  };
  return (
    <SchemaForm
      {...{ schema, references, suggestions, front: FRONT }}
      path={props.path}
      value={device.settings}
      onChange={props.onChange}
    />
  );
}
