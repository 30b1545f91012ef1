import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlateInput } from '../../renderer/components/PlateInput.tsx';
import { PlatesInput } from '../../renderer/components/PlatesInput.tsx';
import { csvText } from '../../renderer/features/imports/fault-file.ts';
import { fileFault } from '../../renderer/features/imports/file-fault.ts';
import { ImportsScreen } from '../../renderer/features/imports/ImportsScreen.tsx';
import { useSending } from '../../renderer/features/imports/sending.ts';
import { ListsScreen } from '../../renderer/features/lists/ListsScreen.tsx';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';
import { go, useRoute } from '../../renderer/lib/route.ts';
import { setClient } from '../../renderer/lib/station/client.ts';
import { initialSession, useSession } from '../../renderer/lib/station/session.ts';
import { dayEnds, daysUntil, shortMoment, spanState } from '../../renderer/office/days.ts';
import type { Role } from '../../shared/domain/site.ts';
import { fromRfc3339 } from '../../shared/domain/time.ts';
import { NOW, person } from '../fakes/station/build.ts';
import { entry, importOf, RegistryDesk } from '../fakes/station/registry-desk.ts';
import { resetStores } from './support.tsx';

let desk: RegistryDesk;
let user: ReturnType<typeof userEvent.setup>;

beforeEach(() => {
  resetStores();
  startI18n('zh-CN');
  desk = new RegistryDesk();
  user = userEvent.setup();
  useSending.setState({}, true);
});
afterEach(() => {
  cleanup();
  setClient(null);
  useSession.setState(initialSession, true);
});

async function open(node: ReactNode, role: Role = 'manager'): Promise<void> {
  setClient(desk.client());
  useSession.setState({ ...initialSession, link: 'online', user: person('老陈', role) }, true);
  render(
    <ConfigProvider button={{ autoInsertSpace: false }}>
      <App>{node}</App>
    </ConfigProvider>,
  );
  await settle();
}

const settle = (): Promise<void> =>
  act(async () => {
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve, 8));
  });

describe('typing plates on forms', () => {
  it('takes letters and digits as they are typed, a pasted plate whole, and another province by Space', async () => {
    const said: string[] = [];
    await open(<PlateInput id="p" label="车牌" value="" onChange={(plate) => said.push(plate)} />);
    const field = screen.getByRole('textbox', { name: '车牌' });
    field.focus();
    await user.keyboard('b');
    expect(said.at(-1)).toBe('鲁B');
    await user.paste('沪A·12345');
    expect(said.at(-1)).toBe('沪A12345');
    await user.keyboard(' ');
    await user.click(screen.getByRole('button', { name: '京' }));
    await settle();
    expect(screen.getByRole('button', { name: '省份 京，按空格更换' })).toBeTruthy();
  });

  it('takes several plates in by Enter, each once, and out by their own buttons', async () => {
    let plates: readonly string[] = ['鲁B11111'];
    let typed = '鲁B22222';
    const draw = () => (
      <PlatesInput
        id="ps"
        label="车牌"
        value={plates}
        open={typed}
        onChange={(all, open) => {
          plates = all;
          typed = open;
        }}
      />
    );
    await open(draw());
    screen.getByRole('textbox', { name: '车牌' }).focus();
    await user.keyboard('{Enter}');
    expect([plates, typed]).toEqual([['鲁B11111', '鲁B22222'], '']);
    await user.click(screen.getByRole('button', { name: '去掉 鲁B11111' }));
    expect(plates).not.toContain('鲁B11111');
  });
});

describe('黑白名单', () => {
  it('asks for the plate, keeps all that was typed when the station refuses, and says why at the field', async () => {
    await open(<ListsScreen />);
    await user.click(screen.getAllByRole('button', { name: '加入名单' })[0] ?? document.body);
    await settle();
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: '加入名单' }));
    expect(dialog.getByText('请输入车牌')).toBeTruthy();
    expect(desk.asked).toEqual([]);

    dialog.getByRole('textbox', { name: '车牌' }).focus();
    await user.keyboard('b7k');
    await user.type(dialog.getByLabelText('备注'), '多次逃费');
    desk.refuse = { reason: 'plate-odd', message: '车牌只能由汉字、字母和数字组成' };
    await user.keyboard('{Enter}');
    await settle();
    expect(dialog.getByText('车牌只能由汉字、字母和数字组成').className).toBe('field-fault');
    expect(dialog.getByLabelText<HTMLInputElement>('备注').value).toBe('多次逃费');

    dialog.getByLabelText('备注').focus();
    await user.keyboard('{Enter}');
    await settle();
    expect(desk.asked.at(-1)).toMatchObject({
      name: 'lists.add',
      input: { list: 'black', plate: '鲁B7K', strategy: 'no-entry', remark: '多次逃费' },
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('names the colour that an entry counts for, and gives it another one', async () => {
    desk.entries = [entry('鲁B12345', { plateColor: 'yellow' }), entry('鲁B54321')];
    await open(<ListsScreen />);
    expect([screen.getAllByText('黄').length, screen.getAllByText('不限').length]).toEqual([1, 1]);
    await user.click(screen.getByText('鲁B·12345'));
    await settle();
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('修改名单上的 鲁B12345（黄牌）')).toBeTruthy();
    fireEvent.mouseDown(dialog.getByRole('combobox', { name: /^车牌颜色/ }));
    fireEvent.click(await screen.findByTitle('黑'));
    await user.click(dialog.getByRole('button', { name: '保存' }));
    await settle();
    expect(desk.asked.at(-1)).toMatchObject({ name: 'lists.update', input: { plateColor: 'black' } });
  });

  it('asks once more before what was typed is thrown away', async () => {
    await open(<ListsScreen />);
    await user.click(screen.getAllByRole('button', { name: '加入名单' })[0] ?? document.body);
    await settle();
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('备注'), '字');
    await user.click(dialog.getByRole('button', { name: '返回' }));
    expect(dialog.getByText(/再按一次「返回」就会放弃/)).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: '返回' }));
    await settle();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('takes a plate off only with a reason, and marks what a platform put there', async () => {
    desk.entries = [entry('鲁B12345', { source: 'qingdao' })];
    await open(<ListsScreen />);
    expect(screen.getByText('青岛平台')).toBeTruthy();
    await user.click(screen.getByText('鲁B·12345'));
    await settle();
    expect(screen.getByText(/这一条来自青岛平台/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '移出名单' }));
    await settle();
    const dialog = within(screen.getByRole('dialog'));
    const verb = dialog.getByRole<HTMLButtonElement>('button', { name: '移出名单' });
    expect(verb.disabled).toBe(true);
    await user.type(dialog.getByLabelText(/^原因/), '已缴清');
    await user.click(verb);
    await settle();
    expect(desk.asked).toEqual([{ name: 'lists.remove', input: { id: 'entry-鲁B12345', reason: '已缴清' } }]);
  });

  it('lets an attendant look, and nothing else', async () => {
    desk.entries = [entry('鲁B12345')];
    await open(<ListsScreen />, 'attendant');
    expect(screen.getByText('当前账号只能查看。')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '加入名单' })).toBeNull();
    expect(screen.queryByRole('button', { name: '导出 Excel' })).toBeNull();
    await user.click(screen.getByText('鲁B·12345'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('导入', () => {
  it('sends a file in pieces, shows what applying would do, and applies after a second look', async () => {
    go('imports', { query: { what: 'cards' } });
    await open(<ImportsScreen />);
    await user.upload(screen.getByLabelText('把文件拖到这里，或按这里选择文件'), new File(['a,b'], '月租车.csv'));
    await settle();
    await settle();
    expect(desk.asked.map(({ name }) => name)).toEqual(['imports.begin', 'imports.upload']);
    expect(desk.asked[1]?.input).toEqual({ offset: 0, base64: btoa('a,b') });
    expect(useRoute.getState().id).toBe('import-1');
    await screen.findByText(/应用后将新增 2 条、更新 1 条/);
    await user.click(screen.getByRole('button', { name: '应用这 3 行' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '应用' }));
    await screen.findByText(/已完成：新增 2 条/);
    expect(screen.getByRole('link', { name: '去看月租与储值' })).toBeTruthy();
  });

  it('says row by row what is wrong, and offers nothing to apply', async () => {
    desk.job = importOf({ state: 'faulty', faultCount: 1, unknownColumns: ['楼号'] });
    go('imports', { id: 'import-1' });
    await open(<ImportsScreen />);
    expect(screen.getByText(/有 1 处错误，数据没有改动/)).toBeTruthy();
    expect(screen.getByText('没有用到的列：楼号')).toBeTruthy();
    const grid = within(screen.getByRole('grid', { name: '错误明细' }));
    expect(grid.getByText('三月底')).toBeTruthy();
    expect(grid.getByText('应为日期')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^应用/ })).toBeNull();
  });

  it('goes on with the same file where the upload stopped, and with no other', async () => {
    desk.job = importOf({ state: 'receiving', fileName: 'a.csv', bytes: 6, receivedBytes: 4, rows: 0 });
    go('imports', { id: 'import-1' });
    await open(<ImportsScreen />);
    const input = screen.getByLabelText('把文件拖到这里，或按这里选择文件');
    await user.upload(input, new File(['123'], 'a.csv'));
    expect(await screen.findByText(/这不是同一个文件/)).toBeTruthy();
    await user.upload(screen.getByLabelText('把文件拖到这里，或按这里选择文件'), new File(['123456'], 'a.csv'));
    await settle();
    expect(desk.asked).toEqual([{ name: 'imports.upload', input: { offset: 4, base64: btoa('56') } }]);
  });

  it('refuses at once what could not be read anyway', () => {
    const t = wordsOf('zh-CN');
    expect(fileFault({ name: 'a.xls', size: 10 }, t)).toMatch('另存为 .xlsx');
    expect(fileFault({ name: 'a.csv', size: 0 }, t)).toMatch('空');
    expect(fileFault({ name: 'A.XLSX', size: 21 * 1024 * 1024 }, t)).toMatch('20 MB');
    expect(fileFault({ name: 'a.csv', size: 20 * 1024 * 1024 }, t)).toBeNull();
  });

  it('writes faults so that a spreadsheet shows them and carries nothing out', () => {
    expect(csvText([[2, '备注', '=HYPERLINK("x")', '不行，"真的"']])).toBe(
      '\uFEFF2,备注,"\'=HYPERLINK(""x"")","不行，""真的"""\r\n',
    );
  });
});

describe('days of a validity', () => {
  it('ends with its last second in Shanghai, and says only what must be said', () => {
    expect(fromRfc3339(dayEnds('2026-03-31'))).toBe(Date.parse('2026-03-31T15:59:59Z'));
    expect(shortMoment('2026-03-31T23:59:59+08:00')).toBe('2026-03-31');
    expect(shortMoment('2026-03-31T08:05:09+08:00')).toBe('2026-03-31 08:05');
  });

  it('counts days by the calendar, not by 24 hours', () => {
    // 18:05 in Shanghai: what ends in a few minutes ends today, and what ends after midnight tomorrow.
    expect(daysUntil('2026-03-02T18:10:00+08:00', NOW)).toBe(0);
    expect(daysUntil('2026-03-03T00:30:00+08:00', NOW)).toBe(1);
    expect(daysUntil('2026-03-01T23:59:59+08:00', NOW)).toBe(-1);
    expect(spanState('2026-03-02T00:00:00+08:00', '2026-03-02T18:05:08+08:00', NOW)).toBe('over');
  });
});
