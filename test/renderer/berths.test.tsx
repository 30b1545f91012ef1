import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App, ConfigProvider } from 'antd';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BerthsScreen } from '../../renderer/features/berths/BerthsScreen.tsx';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import { go } from '../../renderer/lib/route.ts';
import { setClient } from '../../renderer/lib/station/client.ts';
import { initialSession, useSession } from '../../renderer/lib/station/session.ts';
import { BerthRegister, berth } from '../fakes/station/berth-register.ts';
import { person } from '../fakes/station/build.ts';
import { resetStores } from './support.tsx';

let register: BerthRegister;
let user: ReturnType<typeof userEvent.setup>;

beforeEach(() => {
  resetStores();
  startI18n('zh-CN');
  register = new BerthRegister();
  user = userEvent.setup();
});
afterEach(() => {
  cleanup();
  setClient(null);
  useSession.setState(initialSession, true);
});

async function open(query: Readonly<Record<string, string>> = {}): Promise<void> {
  go('berths', { query });
  setClient(register.client());
  useSession.setState({ ...initialSession, link: 'online', user: person('老陈', 'manager') }, true);
  render(
    <ConfigProvider button={{ autoInsertSpace: false }}>
      <App>
        <BerthsScreen />
      </App>
    </ConfigProvider>,
  );
  await settle();
}

const settle = (): Promise<void> =>
  act(async () => {
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve, 8));
  });

const shown = (): string[] => screen.queryAllByRole('row').flatMap((row) => /NS\d{3}/.exec(row.textContent)?.[0] ?? []);

it('says what a berth is where there is none, and how to come by some', async () => {
  await open();
  expect(screen.getByText('还没有登记泊位')).toBeTruthy();
  expect(screen.getByText(/停进一辆车就开始一条停车记录/)).toBeTruthy();
  expect(screen.getByRole('link', { name: '导入' }).getAttribute('href')).toBe('#/imports?what=berths');
});

it('adds a berth beside the last one, keeps what was typed when the station refuses, and says why at the field', async () => {
  register.rows = [berth('NS001', { road: '深南大道', side: 'left', areaId: 'north' })];
  await open();
  await user.click(screen.getByRole('button', { name: '添加泊位' }));
  await settle();
  const dialog = within(screen.getByRole('dialog'));
  expect(dialog.getByLabelText<HTMLInputElement>('道路').value).toBe('深南大道');
  await user.click(dialog.getByRole('button', { name: '添加泊位' }));
  expect(dialog.getByText('请填写泊位编号')).toBeTruthy();
  await user.type(dialog.getByLabelText('序号'), '0');
  expect(dialog.getByText('请填写 1 到 9999 的整数')).toBeTruthy();
  await user.clear(dialog.getByLabelText('序号'));
  expect(register.asked).toEqual([]);

  register.refuse = { reason: 'berth-code-taken', message: '泊位编号 NS001 已登记' };
  await user.type(dialog.getByRole('textbox', { name: /泊位编号/ }), 'NS001');
  await user.keyboard('{Enter}');
  await settle();
  expect(dialog.getByText('泊位编号 NS001 已登记').className).toBe('field-fault');

  await user.clear(dialog.getByRole('textbox', { name: /泊位编号/ }));
  await user.type(dialog.getByRole('textbox', { name: /泊位编号/ }), 'NS002');
  await user.keyboard('{Enter}');
  await settle();
  expect(register.asked.at(-1)).toEqual({
    name: 'berths.add',
    input: {
      ...{ code: 'NS002', areaId: 'north', road: '深南大道', side: 'left' },
      ...{ sensor: null, camera: null, inUse: true },
    },
  });
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(shown()).toEqual(['NS001', 'NS002']);
});

it('removes a berth after a second look; one with a car in it stays, and the reason is said', async () => {
  register.rows = [berth('NS001')];
  await open();
  await user.click(screen.getByText('NS001'));
  await settle();
  await user.click(screen.getByRole('button', { name: '删除泊位' }));
  await settle();
  const dialog = within(screen.getByRole('dialog', { name: '删除泊位 NS001？' }));
  register.refuse = { reason: 'berth-occupied', message: '泊位 NS001 内有车，不能删除；请先登记车辆离开' };
  await user.click(dialog.getByRole('button', { name: '删除泊位' }));
  await settle();
  expect(dialog.getByText(/内有车，不能删除/)).toBeTruthy();
  expect(shown()).toEqual(['NS001']);
  await user.click(dialog.getByRole('button', { name: /删除泊位/u }));
  await settle();
  expect(shown()).toEqual([]);
});

it('narrows by road section, road, use and code', async () => {
  register.rows = [
    berth('NS001', { areaId: 'north', road: '深南大道' }),
    berth('NS002', { areaId: 'north', road: '香山西街', inUse: false }),
    berth('NS003', { areaId: 'south', road: '香山西街' }),
  ];
  await open({ road: '香山西街' });
  expect(shown()).toEqual(['NS002', 'NS003']);
  await act(async () => go('berths', { query: { area: 'north', use: 'out' } }));
  expect(shown()).toEqual(['NS002']);
  await act(async () => go('berths', { query: { text: 'ns003' } }));
  expect(shown()).toEqual(['NS003']);
  expect(screen.getByText('启用 2 个，停用 1 个')).toBeTruthy();
  await act(async () => go('berths', { query: { text: 'X' } }));
  expect(screen.getByText('没有符合条件的泊位')).toBeTruthy();
});

it('says what tells of a berth and whether it is heard, in words', async () => {
  register.rows = [
    berth('NS001', { sensor: 'geo-1', camera: 'eye-1', device: 'online' }),
    berth('NS002', { sensor: 'geo-2', device: 'offline' }),
    berth('NS003'),
  ];
  await open();
  const texts = screen.getAllByRole('row').map((row) => row.textContent);
  expect(texts.some((text) => text.includes('在线 地磁 geo-1 · 视频 eye-1'))).toBe(true);
  expect(texts.some((text) => text.includes('离线 地磁 geo-2'))).toBe(true);
  expect(texts.some((text) => text.includes('NS003') && text.includes('人工登记'))).toBe(true);
});
