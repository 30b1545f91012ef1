import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { go } from '../../renderer/lib/route.ts';
import { deviceDesk } from '../fakes/station/device-handlers.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

let bench: Bench | undefined;

async function openDevice(id: string, tab = 'test'): Promise<Bench> {
  bench = await openBench(scene('hardware'));
  act(() => go('devices', { id, query: { tab } }));
  await screen.findByRole('tab', { name: '报文' });
  await bench.settle();
  return bench;
}

afterEach(() => {
  bench?.stop();
  bench = undefined;
  resetStores();
});

const lastCall = (from: Bench) => from.station.calls.at(-1);

it('a display is given a text with a colour and a sentence, and how that ended stands beside the button', async () => {
  const open = await openDevice('led-out2');
  const { user, settle, station } = open;
  expect(screen.queryByRole('tab', { name: '画面' })).toBeNull();
  await user.type(screen.getByLabelText('第 1 行'), '欢迎光临');
  await user.click(screen.getByRole('combobox', { name: '第 1 行颜色' }));
  await user.click(await screen.findByText('绿'));
  await user.type(screen.getByLabelText('语音'), '一路平安');
  await user.click(screen.getByRole('checkbox', { name: '试音量' }));
  await user.click(screen.getByRole('button', { name: '显示测试文字' }));
  await settle();
  expect(lastCall(open)).toEqual({
    name: 'devices.show',
    input: { id: 'led-out2', lines: [{ text: '欢迎光临', color: 'green' }], speech: '一路平安', volume: 50 },
  });
  expect(screen.getByText('屏已确认')).toBeTruthy();
  deviceDesk(station).outcome = 'unknown';
  await user.click(screen.getByRole('button', { name: '显示测试文字' }));
  await settle();
  expect(screen.getByText('结果未知')).toBeTruthy();
  expect(screen.getByText('屏没有应答')).toBeTruthy();
});

it('raw bytes leave only when they are bytes and the reason is written down', async () => {
  const open = await openDevice('prn-out2');
  const { user, settle } = open;
  await user.click(screen.getByText('发送原始字节'));
  const send = screen.getByRole<HTMLButtonElement>('button', { name: /^发\s?送$/ });
  const hex = screen.getByLabelText('十六进制字节');
  await user.type(hex, '1B 4G');
  expect(screen.getByText('第 5 个字符“G”不是十六进制')).toBeTruthy();
  await user.clear(hex);
  await user.type(hex, '1b 40');
  expect(screen.getByText('2 字节')).toBeTruthy();
  expect(send.disabled).toBe(true);
  await user.type(screen.getByLabelText('原因'), '核对协议');
  await user.click(send);
  await settle();
  expect(lastCall(open)).toEqual({
    name: 'devices.sendRaw',
    input: { id: 'prn-out2', hex: '1B40', reason: '核对协议' },
  });
});

it('a scan is waited for, and only its length is shown', async () => {
  const open = await openDevice('gun-out2');
  const { user, station, settle } = open;
  await user.click(screen.getByRole('button', { name: '开始等待' }));
  expect(screen.getByText(/正在等待扫码，还有 30 秒/)).toBeTruthy();
  const desk = deviceDesk(station);
  desk.devices = desk.devices.map((device) =>
    device.id === 'gun-out2'
      ? { ...device, lastScan: { at: '2026-03-02T15:30:00.000+08:00', characters: 18 } }
      : device,
  );
  await waitFor(() => expect(screen.getByText('扫到一个 18 位的码')).toBeTruthy());
  await settle();
  expect(screen.getByRole('button', { name: '开始等待' })).toBeTruthy();
});

it('a board shows its contacts as they are beside what they count as, and how it is told to move', async () => {
  await openDevice('bar-out2', 'state');
  const safety = screen.getByText('防砸地感').closest('li');
  if (!safety) throw new Error('no lamp');
  expect(within(safety).getByText('有车')).toBeTruthy();
  expect(within(safety).getByText('输入 1 · 触点断开')).toBeTruthy();
  expect(screen.getByText('输入 2 · 未读到')).toBeTruthy();
  expect(screen.getByText('闪开（板自己定时断开），常抬：继电器保持')).toBeTruthy();
});

it('a board for loops alone says so where nothing hangs on it, and lights no lamp of a line that is away', async () => {
  await openDevice('io-out3', 'state');
  const safety = screen.getByText('防砸地感').closest('li');
  expect(safety?.getAttribute('data-on')).toBe('unknown');
  expect(screen.getByText('断线前：有车')).toBeTruthy();
  expect(screen.queryByText('还没有执行过指令')).toBeNull();
  act(() => go('devices', { id: 'io-out4', query: { tab: 'state' } }));
  expect(await screen.findByText(/没有接线。到“设置 › 设备接入”/)).toBeTruthy();
  act(() => go('devices', { id: 'io-out2', query: { tab: 'state' } }));
  expect((await screen.findByText('关到位')).closest('li')?.textContent).toContain('到位');
});

it('a fault of a printer is told on its page, and bytes of a protocol are shown in hex at once', async () => {
  await openDevice('prn-out2', 'state');
  expect(screen.getByText(/打印机缺纸/)).toBeTruthy();
  act(() => go('devices', { id: 'led-out2', query: { tab: 'trace' } }));
  const { user } = bench ?? {};
  const message = await screen.findByText('指令 6F');
  await user?.click(message);
  expect(await screen.findByText(/0000 00 64 FF FF 6F 2F/)).toBeTruthy();
  expect(screen.getByText(/欢迎您/)).toBeTruthy();
});

it('at the booth a close that waits for the car under the arm reads as waiting, and a printer is only loud without paper', async () => {
  bench = await openBench(scene('hardwareWaits'));
  expect(await screen.findByText('地感有车，等车离开后落杆')).toBeTruthy();
  expect(screen.getByText('! 打印 缺纸')).toBeTruthy();
  expect(screen.getByText('扫码')).toBeTruthy();
  expect(screen.queryByText('关闸执行中')).toBeNull();
});
