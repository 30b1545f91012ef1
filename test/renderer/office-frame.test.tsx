import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import { go, href, readRoute, useRoute } from '../../renderer/lib/route.ts';
import { setClient } from '../../renderer/lib/station/client.ts';
import { useSession } from '../../renderer/lib/station/session.ts';
import { type Column, DataTable } from '../../renderer/office/DataTable.tsx';
import { addDays, businessDay, presetSpan, spanMoments } from '../../renderer/office/dates.ts';
import { PAGE, useRows } from '../../renderer/office/use-rows.ts';
import { FakeStation } from '../fakes/station/fake-station.ts';
import { resetStores, scene, transportTo } from './support.tsx';

const at = (text: string): number => Date.parse(`${text}+08:00`);

describe('places', () => {
  it('travel in the address and come back whole, whatever is in them', () => {
    const place = { id: 'P1/2 #?', query: { plate: '鲁B&=1', from: '2026-03-02', nothing: undefined } };
    const route = readRoute(href('stays', place));
    expect(route).toEqual({ screen: 'stays', id: 'P1/2 #?', query: { plate: '鲁B&=1', from: '2026-03-02' } });
  });

  it('that say nothing are the booth, and broken ones do not throw', () => {
    expect(readRoute('')).toEqual({ screen: 'booth', id: null, query: {} });
    expect(readRoute('#/%E0%A4%A/x').screen).toBe('%E0%A4%A');
  });

  it('are left and found again with Back', async () => {
    go('reports', { id: 'days' });
    go('stays', { query: { plate: '鲁B' } });
    expect(useRoute.getState()).toMatchObject({ screen: 'stays', query: { plate: '鲁B' } });
    window.history.back();
    await waitFor(() => expect(useRoute.getState()).toMatchObject({ screen: 'reports', id: 'days' }));
    go('booth');
  });
});

describe('days', () => {
  it('a preset counts business days; a night before the day begins belongs to yesterday', () => {
    const night = at('2026-03-02T03:00:00');
    expect(businessDay(night, '00:00')).toBe('2026-03-02');
    expect(businessDay(night, '06:00')).toBe('2026-03-01');
    // 2026-03-02 is a Monday.
    expect(presetSpan('week', '2026-03-02')).toEqual({ from: '2026-03-02', to: '2026-03-02' });
    expect(presetSpan('week', '2026-03-01')).toEqual({ from: '2026-02-23', to: '2026-03-01' });
    expect(presetSpan('last7', '2026-03-02')).toEqual({ from: '2026-02-24', to: '2026-03-02' });
    expect(presetSpan('lastMonth', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(presetSpan('yesterday', '2028-03-01').from).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('a span reaches to the end of its last business day', () => {
    expect(spanMoments({ from: '2026-03-02', to: '2026-03-02' }, '06:00')).toEqual({
      from: '2026-03-02T06:00:00.000+08:00',
      to: '2026-03-03T06:00:00.000+08:00',
    });
    expect(spanMoments({ from: '2026-03-02', to: '2026-03-01' }, '06:00')).toBeNull();
  });
});

interface Row {
  readonly id: string;
}
const columns: readonly Column<Row>[] = [
  { key: 'id', title: '编号', width: 100, render: (row) => row.id },
  { key: 'more', title: '备注', width: 100, optional: true, render: () => '备注内容' },
];

/** A listing of so many rows; tells which pages it was asked for. */
function listing(total: number, exact = true) {
  const asked: number[] = [];
  const List = ({ onOpen }: { onOpen: (row: Row) => void }) => {
    const rows = useRows<Row>(async (_client, { page, pageSize }) => {
      asked.push(page);
      const items = Array.from(
        { length: Math.max(0, Math.min(pageSize, total - (page - 1) * pageSize)) },
        (_, index) => ({
          id: `R${(page - 1) * pageSize + index}`,
        }),
      );
      return { items, total: exact ? total : Math.min(total, PAGE), exact };
    }, []);
    return (
      <DataTable
        name="test"
        label="测试列表"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={onOpen}
        empty={{ title: '没有', text: '换个条件' }}
      />
    );
  };
  return { List, asked };
}

describe('a list of any length', () => {
  beforeEach(() => {
    resetStores();
    startI18n('zh-CN');
    useSession.setState({ ...useSession.getState(), link: 'online', user: scene('idle').user });
    // Rows come from the listings above; the client only has to be there.
    setClient(transportTo(new FakeStation(scene('idle'))).client);
  });
  afterEach(() => {
    setClient(null);
    cleanup();
  });

  it('draws a few of 100,000 rows, says how many there are, and opens one by keyboard', async () => {
    const { List, asked } = listing(100_000);
    const opened: string[] = [];
    render(<List onOpen={(row) => opened.push(row.id)} />);
    await screen.findByText('共 100,000 条');
    const grid = screen.getByRole('grid', { name: '测试列表' });
    expect(grid.getAttribute('aria-rowcount')).toBe('100001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(asked).toEqual([1]);
    const first = screen.getByText('R0').closest('[role=row]');
    act(() => {
      if (first instanceof HTMLElement) first.focus();
    });
    const user = userEvent.setup();
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(opened).toEqual(['R1']));
  });

  it('says what to do when nothing is there', async () => {
    const { List } = listing(0);
    render(<List onOpen={() => undefined} />);
    await screen.findByText('没有');
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('where not all were counted says so and can be scrolled beyond the count', async () => {
    const { List } = listing(1_000, false);
    render(<List onOpen={() => undefined} />);
    await screen.findByText('至少 100 条');
    expect(Number(screen.getByRole('grid').getAttribute('aria-rowcount'))).toBeGreaterThan(PAGE + 1);
  });

  it('opens nothing while the rows of another filter are on their way', async () => {
    const answers: (() => void)[] = [];
    const opened: string[] = [];
    const List = ({ filter }: { filter: string }) => {
      const rows = useRows<Row>(async () => {
        await new Promise<void>((resolve) => answers.push(resolve));
        return { items: [{ id: filter }], total: 1 };
      }, [filter]);
      const row = (each: Row): string => each.id;
      return (
        <DataTable
          name="t"
          label="测试列表"
          columns={columns}
          rows={rows}
          rowId={row}
          onOpen={(each) => opened.push(each.id)}
          empty={{ title: '没有' }}
        />
      );
    };
    const shown = render(<List filter="甲" />);
    const answer = async (): Promise<void> => {
      await waitFor(() => expect(answers.length).toBeGreaterThan(0));
      await act(async () => answers.shift()?.());
    };
    await answer();
    const user = userEvent.setup();
    await user.click(await screen.findByText('甲'));
    expect(opened).toEqual(['甲']);
    shown.rerender(<List filter="乙" />);
    await user.click(screen.getByText('甲'));
    expect(opened).toEqual(['甲']);
    await answer();
    await user.click(await screen.findByText('乙'));
    expect(opened).toEqual(['甲', '乙']);
  });

  it('shows a column once it is chosen, and remembers that', async () => {
    const { List } = listing(3);
    const shown = render(<List onOpen={() => undefined} />);
    await screen.findByText('共 3 条');
    expect(screen.queryAllByText('备注内容')).toHaveLength(0);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: '选择列' }));
    await user.click(await screen.findByRole('checkbox', { name: '备注' }));
    expect(screen.getAllByText('备注内容')).toHaveLength(3);
    shown.unmount();
    render(<List onOpen={() => undefined} />);
    expect(await screen.findAllByText('备注内容')).toHaveLength(3);
  });
});
