import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storedOf } from '../../electron/station/configuration/document.ts';
import { allForms } from '../../electron/station/configuration/forms.ts';
import { parseProvision } from '../../electron/station/provision.ts';
import { LaneForm } from '../../renderer/features/settings/LaneForm.tsx';
import { SchemaForm } from '../../renderer/features/settings/SchemaForm.tsx';
import { nodeAt, type Settings } from '../../renderer/features/settings/schema.ts';
import { adopt, edit, initialSettings, useSettings } from '../../renderer/features/settings/store.ts';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import { configurationDocumentSchema } from '../../shared/contract/configuration.ts';
import { KEPT_SECRET } from '../../shared/domain/setting.ts';

beforeEach(() => {
  startI18n('zh-CN');
  useSettings.setState(initialSettings, true);
});
afterEach(cleanup);

const schema = allForms().platforms.find(({ id }) => id === 'shenzhen')?.schema;
let changed: Settings = {};

function form(group: string, value: Settings): void {
  changed = value;
  render(
    <SchemaForm
      schema={nodeAt(schema, [group])}
      path={['platforms', 'shenzhen', group]}
      value={value}
      onChange={(next) => {
        changed = next;
      }}
    />,
  );
}

it('a value that is one of few is chosen by its meaning, under a name that is typed', () => {
  form('cards', { types: { 业主: 'owner' } });
  fireEvent.click(screen.getByText('更多参数'));
  expect(screen.getByText('产权卡')).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole('combobox', { name: '值 业主' }));
  fireEvent.click(screen.getByText('员工卡'));
  expect(changed).toEqual({ types: { 业主: 'staff' } });
});

it('a number that is one of few is chosen, and what this PC knows of is offered beside what is typed', async () => {
  const driver = (name: string): unknown => allForms().drivers.find((form) => form.driver === name)?.schema;
  let settings: Settings = { host: '192.168.1.62' };
  const take = (next: Settings): void => {
    settings = next;
  };
  const shared = { path: ['devices', 0, 'settings'], onChange: take };
  const { unmount } = render(
    <SchemaForm {...shared} schema={driver('escpos-tcp')} value={settings} front={['columns']} />,
  );
  fireEvent.mouseDown(screen.getByRole('combobox', { name: /每行字符数/ }));
  fireEvent.click(screen.getByTitle('48'));
  expect(settings).toEqual({ host: '192.168.1.62', columns: 48 });
  unmount();
  render(
    <SchemaForm
      {...shared}
      schema={driver('serial')}
      value={{}}
      suggestions={{ path: [{ value: 'COM7', label: 'COM7　USB-SERIAL CH340' }] }}
    />,
  );
  const port = screen.getByRole('combobox', { name: /串口/ });
  const user = userEvent.setup({ delay: null });
  await user.click(port);
  await user.click(await screen.findByText(/USB-SERIAL CH340/));
  expect(settings).toEqual({ path: 'COM7' });
  fireEvent.change(port, { target: { value: '/dev/ttyS1' } });
  expect(settings).toEqual({ path: '/dev/ttyS1' });
});

it('of a list of few some are chosen by their meaning', () => {
  form('parameters', { keep: ['selfServiceFreeMin'] });
  fireEvent.mouseDown(screen.getByRole('combobox', { name: /不接受的参数/ }));
  fireEvent.click(screen.getByText('车位数修正'));
  expect(changed).toEqual({ keep: ['selfServiceFreeMin', 'diffParkingSpace'] });
});

it('a stored secret goes by its own button and can be kept after all; emptied by hand it stays', async () => {
  const broker = { serialNo: 'A', url: 'mqtt://127.0.0.1', password: KEPT_SECRET };
  const given = {
    site: { code: '1001', name: '测试停车场', totalSpaces: 1, openSpaces: 1 },
    devices: [{ id: 'cam-1', kind: 'camera', driver: 'vzenith-mqtt', settings: broker }],
  };
  const document = configurationDocumentSchema.parse(storedOf(parseProvision(given)));
  adopt({ revision: 1, configured: true, demo: false, document });
  function Drawn() {
    const settings = useSettings(({ draft }) => draft?.devices[0]?.settings ?? {});
    return (
      <SchemaForm
        schema={allForms().drivers.find(({ driver }) => driver === 'vzenith-mqtt')?.schema}
        path={['devices', 0, 'settings']}
        front={['password']}
        value={settings}
        onChange={(next) => edit((to) => Object.assign(to.devices[0] ?? {}, { settings: next }))}
      />
    );
  }
  render(<Drawn />);
  const stored = (): unknown => useSettings.getState().draft?.devices[0]?.settings['password'];
  fireEvent.click(screen.getByRole('button', { name: '清 除' }));
  expect(stored()).toBeUndefined();
  expect(screen.getByPlaceholderText('应用后清除')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '不清除' }));
  expect(stored()).toBe(KEPT_SECRET);
  const field = screen.getByPlaceholderText(/已设置/);
  await userEvent.type(field, 'x');
  expect(stored()).toBe('x');
  await userEvent.clear(field);
  expect(stored()).toBe(KEPT_SECRET);
});

it("a lane's form offers boards for loops alone and says what hangs on the chosen one", () => {
  const board = (id: string, inputs: readonly object[]) => ({
    ...{ id, kind: 'io', driver: 'modbus-tcp' },
    settings: { host: '192.168.1.70', unit: inputs.length + 1, inputs },
  });
  const given = {
    site: { code: '1001', name: '测试停车场', totalSpaces: 1, openSpaces: 1 },
    areas: [{ id: 'a1', code: 1, name: '地面', spaces: 1 }],
    lanes: [{ id: 'in1', name: '东门', direction: 'in', number: 1, area: 'a1', io: 'io-1' }],
    devices: [board('io-1', [{ input: 2, role: 'safety-loop' }]), board('io-2', [])],
  };
  const document = configurationDocumentSchema.parse(storedOf(parseProvision(given)));
  const { rerender } = render(<LaneForm draft={document} index={0} />);
  expect(screen.getByText('已接：防砸地感（输入口 2）')).toBeTruthy();
  const other = document.lanes.map((lane) => ({ ...lane, io: 'io-2' }));
  rerender(<LaneForm draft={{ ...document, lanes: other }} index={0} />);
  expect(screen.getByText(/这块板还没有接线/)).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole('combobox', { name: '输入板' }));
  expect(screen.getByTitle(/^io-1/)).toBeTruthy();
});
