import { Checkbox, Input } from 'antd';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery, useRoute } from '../../lib/route.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { DataTable } from '../../office/DataTable.tsx';
import { DateRange } from '../../office/DateRange.tsx';
import { addDays, type DateSpan, spanMoments } from '../../office/dates.ts';
import { Filter, Page } from '../../office/Page.tsx';
import { useRows } from '../../office/use-rows.ts';
import { ShiftPage } from './ShiftPage.tsx';
import { useShiftColumns } from './use-shift-columns.tsx';
import './shifts.css';

/** 班次: who had which drawer when, what was counted, and what did not agree. One of them with its report by its id. */
export function ShiftsScreen() {
  const id = useRoute((route) => route.id);
  return id === null ? <ShiftList /> : <ShiftPage id={id} />;
}

/** Shifts are listed by the moment they were opened, by calendar days: a shift may lie across the business day. */
const DAY_START = '00:00';

function ShiftList() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [query, setQuery] = useQuery();
  const today = shanghaiDate(stationNow());
  const span: DateSpan = { from: query['from'] ?? addDays(today, -6), to: query['to'] ?? today };
  const cashier = query['cashier'] ?? '';
  const onlyDifferent = query['different'] === 'yes';
  const all = may(user, 'shift.manage');
  const rows = useRows<ShiftView>(
    async (client, page, signal) => {
      const moments = spanMoments(span, DAY_START);
      return client.shifts.list(
        {
          ...page,
          ...(moments ?? {}),
          ...(cashier === '' ? {} : { cashier }),
          ...(onlyDifferent ? { different: 'true' as const } : {}),
        },
        { signal },
      );
    },
    [span.from, span.to, cashier, onlyDifferent],
  );
  const columns = useShiftColumns();
  return (
    <Page
      title={t('shifts.title')}
      fill
      filters={
        <>
          <DateRange
            id="shifts-days"
            dayStart={DAY_START}
            value={span}
            onChange={(next) => setQuery({ from: next?.from, to: next?.to })}
          />
          {all && (
            <Filter label={t('shifts.cashier')} htmlFor="shifts-cashier">
              <Input.Search
                id="shifts-cashier"
                allowClear
                key={cashier}
                defaultValue={cashier}
                placeholder={t('shifts.anyCashier')}
                onSearch={(text) => setQuery({ cashier: text.trim() })}
              />
            </Filter>
          )}
          <Checkbox
            checked={onlyDifferent}
            onChange={(event) => setQuery({ different: event.target.checked ? 'yes' : undefined })}
          >
            {t('shifts.onlyDifferences')}
          </Checkbox>
        </>
      }
    >
      <DataTable<ShiftView>
        name="shifts"
        label={t('shifts.list')}
        columns={columns}
        rows={rows}
        rowId={(shift) => shift.id}
        onOpen={(shift) => go('shifts', { id: shift.id })}
        tone={(shift) =>
          (shift.differenceFen ?? 0) !== 0
            ? 'stop'
            : shift.state === 'closed' && shift.confirmedAt === null
              ? 'call'
              : undefined
        }
        empty={{ title: t('shifts.empty'), text: t('shifts.emptyText') }}
      />
    </Page>
  );
}
