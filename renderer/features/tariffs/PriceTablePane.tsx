import { Button } from 'antd';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { saveFile } from '../../office/files.ts';
import { PrintSheet, printPage } from '../../office/PrintSheet.tsx';
import { Answer, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { conventionsOf } from './conventions.ts';
import { NarrowPriceTable, PriceTable } from './PriceTable.tsx';

type Ask = (
  client: StationClient,
  signal: AbortSignal,
) => ReturnType<StationClient['tariffs']['preview']['priceTable']>;

/** 价目表 with print and Excel; on paper the conventions stand below it. */
export function PriceTablePane(props: {
  tariff: Tariff;
  ask: Ask;
  on: readonly unknown[];
  file: (client: StationClient) => Promise<File>;
  narrow?: boolean;
}) {
  const { t } = useWords();
  const asked = useAsk(props.ask, props.on);
  const act = useAct();
  const save = async (): Promise<void> => {
    const file = await act.run(props.file);
    if (file) saveFile(file);
  };
  return (
    <div className="tf-stack">
      <span className="tf-inline">
        <Button size="small" onClick={printPage} disabled={asked.data === null}>
          {t('tariffs.table.print')}
        </Button>
        <Button size="small" loading={act.busy} onClick={() => void save()}>
          {t('kit.exportXlsx')}
        </Button>
      </span>
      <Problem text={act.problem} />
      <Answer of={asked}>
        {(rows) => (
          <>
            <div className="tf-scroll" data-busy={asked.busy}>
              {props.narrow ? (
                <NarrowPriceTable rows={rows} tariff={props.tariff} />
              ) : (
                <PriceTable rows={rows} tariff={props.tariff} />
              )}
            </div>
            <p className="tf-aside">{t('tariffs.table.note')}</p>
            <PrintSheet title={t('tariffs.table.title', { name: props.tariff.name })} landscape>
              <PriceTable rows={rows} tariff={props.tariff} />
              <h4>{t('tariffs.table.conventions')}</h4>
              <ul>
                {conventionsOf(props.tariff, t).map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </PrintSheet>
          </>
        )}
      </Answer>
    </div>
  );
}
