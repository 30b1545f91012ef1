import { Table } from 'antd';
import type { StationClient } from '../../../shared/contract/index.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { href } from '../../lib/route.ts';
import { Box } from '../../office/Page.tsx';
import { PrintSheet } from '../../office/PrintSheet.tsx';
import { Empty } from '../../office/States.tsx';
import { Figure, Money, When } from '../../office/Values.tsx';

type Balance = Awaited<ReturnType<StationClient['reports']['balance']>>;

/** 日平衡: one sentence whether the day adds up, and every place where it does not. */
export function BalanceView({ balance, date }: { balance: Balance; date: string }) {
  const { t } = useWords();
  const { money, drawers, wrong } = balance;
  const off = drawers.filter((drawer) => drawer.differenceFen !== 0).length;
  const holders = [
    ...money.shifts.map((each) => ({
      key: `shift-${each.shiftId}`,
      name: drawers.find((drawer) => drawer.shiftId === each.shiftId)?.cashier ?? each.shiftId,
      kind: t('reports.balance.shift'),
      link: href('shifts', { id: each.shiftId }),
      ...each,
    })),
    ...money.platforms.map((each) => ({
      key: `platform-${each.platform}`,
      name: platformName(each.platform, t),
      kind: t('reports.balance.platform'),
      link: null,
      ...each,
    })),
    {
      key: 'none',
      name: t('reports.balance.withoutShift'),
      kind: '',
      link: null,
      ...money.withoutShift,
    },
  ];
  return (
    <>
      <p className="balance-verdict" data-holds={balance.holds} role="status">
        <strong>{t(balance.holds ? 'reports.balance.holds' : 'reports.balance.differs')}</strong>
        <span>
          {balance.holds
            ? t('reports.balance.holdsText', { stays: balance.stays, date })
            : t('reports.balance.differsText', { stays: wrong.length, drawers: off })}
        </span>
      </p>
      <div className="figures">
        <Figure
          label={t('reports.balance.total')}
          value={formatMoney(money.total.amountFen)}
          note={t('reports.balance.payments', { n: money.total.count })}
          to={href('reports', { id: 'rows', query: { from: date, to: date, of: 'received' } })}
        />
        <Figure
          label={t('reports.balance.stays')}
          value={String(balance.stays)}
          to={href('reports', { id: 'rows', query: { from: date, to: date, of: 'charged' } })}
        />
        <Figure
          label={t('reports.balance.wrongStays')}
          value={String(wrong.length)}
          tone={wrong.length > 0 ? 'stop' : 'plain'}
        />
        <Figure label={t('reports.balance.wrongDrawers')} value={String(off)} tone={off > 0 ? 'stop' : 'plain'} />
      </div>
      <div className="balance-boxes">
        <Box title={t('reports.balance.where')}>
          <Table
            size="small"
            rowKey="key"
            pagination={false}
            dataSource={holders}
            columns={[
              {
                title: t('reports.balance.holder'),
                key: 'name',
                render: (_v, row) =>
                  row.link === null ? (
                    row.name
                  ) : (
                    <a className="leads" href={row.link}>
                      {row.name}
                    </a>
                  ),
              },
              { title: t('reports.balance.kind'), dataIndex: 'kind' },
              { title: t('reports.column.times'), dataIndex: 'count', align: 'right' },
              {
                title: t('reports.column.received'),
                key: 'amount',
                align: 'right',
                render: (_v, row) => <Money fen={row.amountFen} />,
              },
            ]}
            summary={() => (
              <Table.Summary.Row className="report-sum">
                <Table.Summary.Cell index={0}>{t('kit.sum')}</Table.Summary.Cell>
                <Table.Summary.Cell index={1} />
                <Table.Summary.Cell index={2} align="right">
                  {money.total.count}
                </Table.Summary.Cell>
                <Table.Summary.Cell index={3} align="right">
                  <Money fen={money.total.amountFen} />
                </Table.Summary.Cell>
              </Table.Summary.Row>
            )}
          />
        </Box>
        <Box title={t('reports.balance.drawers')}>
          <Table
            size="small"
            rowKey="shiftId"
            pagination={false}
            dataSource={[...drawers]}
            locale={{ emptyText: <Empty title={t('reports.balance.noDrawers')} /> }}
            columns={[
              {
                title: t('reports.column.collector'),
                key: 'cashier',
                render: (_v, row) => (
                  <a className="leads" href={href('shifts', { id: row.shiftId })}>
                    {row.cashier} {row.booth}
                  </a>
                ),
              },
              {
                title: t('reports.balance.taken'),
                key: 'taken',
                align: 'right',
                render: (_v, row) => <Money fen={row.takenFen} />,
              },
              {
                title: t('reports.balance.booked'),
                key: 'booked',
                align: 'right',
                render: (_v, row) => <Money fen={row.bookedFen} />,
              },
              {
                title: t('reports.balance.difference'),
                key: 'difference',
                align: 'right',
                render: (_v, row) => <Money fen={row.differenceFen} strong={row.differenceFen !== 0} />,
              },
            ]}
          />
        </Box>
      </div>
      <Box title={t('reports.balance.wrong')}>
        {wrong.length === 0 ? (
          <Empty title={t('reports.balance.noneWrong')} />
        ) : (
          <Table
            size="small"
            rowKey={(row) => `${row.what}-${row.uid}`}
            pagination={false}
            dataSource={[...wrong]}
            columns={[
              {
                title: t('kit.plate'),
                key: 'plate',
                render: (_v, row) => (
                  <a className="leads" href={href('stays', { id: row.uid })}>
                    {row.plate || row.uid}
                  </a>
                ),
              },
              {
                title: t('reports.balance.what'),
                key: 'what',
                render: (_v, row) => t(`reports.balance.wrongWhat.${row.what}`),
              },
              { title: t('reports.balance.exited'), key: 'at', render: (_v, row) => <When at={row.exitedAt} /> },
              {
                title: t('reports.column.charged'),
                key: 'charge',
                align: 'right',
                render: (_v, row) => <Money fen={row.chargeFen} />,
              },
              {
                title: t('reports.column.received'),
                key: 'paid',
                align: 'right',
                render: (_v, row) => <Money fen={row.paymentsFen} />,
              },
              {
                title: t('reports.balance.difference'),
                key: 'difference',
                align: 'right',
                render: (_v, row) => <Money fen={row.differenceFen} strong />,
              },
            ]}
          />
        )}
      </Box>
      <PrintSheet
        title={t('reports.tab.balance')}
        filter={`${t('reports.column.day')} ${date}`}
        signatures={[t('reports.sign.made'), t('reports.sign.checked'), t('reports.sign.approved')]}
      >
        <p>
          <strong>{t(balance.holds ? 'reports.balance.holds' : 'reports.balance.differs')}</strong>{' '}
          {balance.holds
            ? t('reports.balance.holdsText', { stays: balance.stays, date })
            : t('reports.balance.differsText', { stays: wrong.length, drawers: off })}
        </p>
        <table>
          <thead>
            <tr>
              <th>{t('reports.balance.holder')}</th>
              <th data-align="end">{t('reports.column.times')}</th>
              <th data-align="end">{t('reports.column.received')}</th>
              <th data-align="end">{t('reports.balance.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {holders.map((each) => (
              <tr key={each.key}>
                <td>{[each.kind, each.name].filter(Boolean).join(' ')}</td>
                <td data-align="end">{each.count}</td>
                <td data-align="end">{formatMoney(each.amountFen)}</td>
                <td />
              </tr>
            ))}
            {drawers.map((each) => (
              <tr key={each.shiftId}>
                <td>
                  {t('reports.balance.drawers')} {each.cashier}
                </td>
                <td />
                <td data-align="end">{formatMoney(each.takenFen)}</td>
                <td data-align="end">{formatMoney(each.differenceFen)}</td>
              </tr>
            ))}
            {wrong.map((each) => (
              <tr key={`${each.what}-${each.uid}`}>
                <td>
                  {each.plate || each.uid} {t(`reports.balance.wrongWhat.${each.what}`)}
                </td>
                <td />
                <td data-align="end">{formatMoney(each.paymentsFen)}</td>
                <td data-align="end">{formatMoney(each.differenceFen)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('kit.sum')}</td>
              <td data-align="end">{money.total.count}</td>
              <td data-align="end">{formatMoney(money.total.amountFen)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </PrintSheet>
    </>
  );
}
