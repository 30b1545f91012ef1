import { Button, Upload } from 'antd';
import { useState } from 'react';
import type { AcceptanceCase } from '../../../shared/domain/tariff.ts';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { base64Of, saveFile } from '../../office/files.ts';
import { Empty, Fetching, Problem } from '../../office/States.tsx';
import type { Act } from '../../office/use-act.ts';
import { State } from '../../office/Values.tsx';
import { CaseDialog } from './CaseDialog.tsx';
import type { Check } from './findings.ts';
import type { TrialStay } from './trial-stay.ts';

type Fault = { readonly rowNumber: number; readonly column: string; readonly value: string; readonly reason: string };

/** 验收用例: stays and the fees that they must have; one that fails blocks publishing. */
export function CasesPane(props: {
  tariffId: string;
  results: Check['cases'] | null;
  act: Act;
  onPut: (cases: readonly AcceptanceCase[]) => Promise<void>;
  onChanged: () => void;
  onTry: (stay: TrialStay) => void;
}) {
  const { t } = useWords();
  const { tariffId, results, act } = props;
  const [edited, setEdited] = useState<number | null>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const cases = results?.map((result) => result.case) ?? [];
  const red = results?.filter(({ passed }) => !passed).length ?? 0;
  const take = async (file: File): Promise<void> => {
    const base64 = await base64Of(file);
    const answer = await act.run((client) =>
      client.tariffs.cases.import({ id: tariffId, fileName: file.name, base64 }),
    );
    if (!answer) return;
    setFaults(answer.faults);
    if (answer.ok) props.onChanged();
  };
  const give = async (): Promise<void> => {
    const file = await act.run((client) => client.tariffs.cases.export({ id: tariffId, format: 'xlsx' }));
    if (file) saveFile(file);
  };
  const one = edited === null ? undefined : cases[edited];
  return (
    <div className="tf-stack">
      <span className="tf-inline">
        {results && results.length > 0 && (
          <State tone={red > 0 ? 'stop' : 'go'}>
            {red > 0
              ? t('tariffs.cases.red', { n: red, all: results.length })
              : t('tariffs.cases.green', { n: results.length })}
          </State>
        )}
        <Upload
          accept=".csv,.xlsx"
          showUploadList={false}
          beforeUpload={(file) => {
            void take(file);
            return false;
          }}
        >
          <Button size="small">{t('tariffs.cases.import')}</Button>
        </Upload>
        <Button size="small" disabled={cases.length === 0} onClick={() => void give()}>
          {t('kit.exportXlsx')}
        </Button>
      </span>
      <Problem text={act.problem} />
      {faults.length > 0 && (
        <div className="tf-note" data-severity="error" role="alert">
          <p>{t('tariffs.cases.faults', { n: faults.length })}</p>
          <ul>
            {faults.slice(0, 20).map((fault) => (
              <li key={`${fault.rowNumber} ${fault.column} ${fault.reason}`}>
                {t('tariffs.cases.fault', {
                  row: fault.rowNumber,
                  column: fault.column,
                  value: fault.value,
                  reason: fault.reason,
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
      {results === null ? (
        <Fetching />
      ) : results.length === 0 ? (
        <Empty title={t('tariffs.cases.none')} text={t('tariffs.cases.noneText')} />
      ) : (
        <div className="tf-scroll">
          <table className="tf-table">
            <thead>
              <tr>
                <th>{t('tariffs.cases.name')}</th>
                <th>{t('tariffs.cases.stay')}</th>
                <th data-align="end">{t('tariffs.cases.expected')}</th>
                <th data-align="end">{t('tariffs.cases.got')}</th>
                <th>{t('tariffs.cases.acts')}</th>
              </tr>
            </thead>
            <tbody>
              {results.map((result, index) => (
                <tr key={result.case.name} data-red={!result.passed}>
                  <td>
                    <State tone={result.passed ? 'go' : 'stop'}>
                      {t(result.passed ? 'tariffs.cases.passed' : 'tariffs.cases.failed')}
                    </State>{' '}
                    {result.case.name}
                    {result.case.working !== undefined && <small>{result.case.working}</small>}
                  </td>
                  <td>
                    {t(`vehicle.${result.case.vehicleClass}`)}
                    <small>{spanText(result.case)}</small>
                  </td>
                  <td data-align="end">{formatMoney(result.case.feeFen)}</td>
                  <td data-align="end">{result.fee ? formatMoney(result.fee.feeFen) : t('tariffs.cases.unpriced')}</td>
                  <td>
                    <span className="tf-acts">
                      <Button
                        size="small"
                        aria-label={t('tariffs.cases.tryNamed', { name: result.case.name })}
                        onClick={() => props.onTry(stayOf(result.case))}
                      >
                        {t('tariffs.cases.try')}
                      </Button>
                      <Button
                        size="small"
                        aria-label={t('tariffs.cases.changeNamed', { name: result.case.name })}
                        onClick={() => setEdited(index)}
                      >
                        {t('kit.change')}
                      </Button>
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {one && edited !== null && (
        <CaseDialog
          value={one}
          taken={cases.filter((_, index) => index !== edited).map(({ name }) => name)}
          act={act}
          onClose={() => setEdited(null)}
          onSave={async (next) => {
            await props.onPut(cases.map((each, index) => (index === edited ? next : each)));
            setEdited(null);
          }}
          onRemove={async () => {
            await props.onPut(cases.filter((_, index) => index !== edited));
            setEdited(null);
          }}
        />
      )}
    </div>
  );
}

/** `2026-03-03 09:00–09:01`; the day of the exit only where it is another one. */
function spanText({ enteredAt, exitedAt }: AcceptanceCase): string {
  const from = formatDateTime(enteredAt).slice(0, 16);
  const to = formatDateTime(exitedAt).slice(0, 16);
  return `${from} – ${to.slice(0, 10) === from.slice(0, 10) ? to.slice(11) : to.slice(5)}`;
}

function stayOf({ enteredAt, exitedAt, vehicleClass, plateKind, plateColor, areaId }: AcceptanceCase): TrialStay {
  return { enteredAt, exitedAt, vehicleClass, plateKind, plateColor, areaId };
}
