import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allForms } from '../../electron/station/configuration/forms.ts';
import { SchemaForm } from '../../renderer/features/settings/SchemaForm.tsx';
import { nodeAt, type Settings } from '../../renderer/features/settings/schema.ts';
import { startI18n } from '../../renderer/lib/i18n/index.ts';

beforeEach(() => startI18n('zh-CN'));
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
