import { Tabs } from 'antd';
import { useState } from 'react';
import type { TariffDraftView } from '../../../shared/contract/tariff-views.ts';
import type { AcceptanceCase } from '../../../shared/domain/tariff.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useAct } from '../../office/use-act.ts';
import type { Asked } from '../../office/use-ask.ts';
import { CaseDialog } from './CaseDialog.tsx';
import { CasesPane } from './CasesPane.tsx';
import type { Note } from './editor-context.ts';
import { FindingsPane } from './FindingsPane.tsx';
import type { Check } from './findings.ts';
import type { Path, Reading } from './form.ts';
import { PriceTablePane } from './PriceTablePane.tsx';
import { ReplayPane } from './ReplayPane.tsx';
import { TrialPane } from './TrialPane.tsx';
import type { Trial, TrialStay } from './trial-stay.ts';

const panes = ['trial', 'table', 'check', 'cases', 'replay'] as const;
type Pane = (typeof panes)[number];

/** Everything that tries a draft out, beside the form that changes it. */
export function SidePanel(props: {
  draft: TariffDraftView;
  dirty: boolean;
  reading: Reading;
  /** The reading that the answers belong to. */
  settled: Reading;
  check: Asked<Check>;
  trial: Asked<Trial>;
  notes: readonly Note[];
  stay: TrialStay;
  onStay: (stay: TrialStay) => void;
  onJump: (path: Path) => void;
}) {
  const { t } = useWords();
  const { draft, reading, settled, check, stay } = props;
  const [pane, setPane] = useState<Pane>('trial');
  const [added, setAdded] = useState<AcceptanceCase | null>(null);
  const act = useAct();
  const tariffId = settled.tariff?.id ?? draft.tariff.id;
  const cases = check.data?.cases.map((result) => result.case) ?? [];
  const put = async (next: readonly AcceptanceCase[]): Promise<void> => {
    const answer = await act.run((client) => client.tariffs.cases.put({ id: tariffId, cases: [...next] }));
    if (answer) check.again();
  };
  const addTrial = ({ feeFen }: Trial): void => {
    const { enteredAt, exitedAt, vehicleClass, plateKind, plateColor, cardType, areaId } = stay;
    setAdded({
      name: t('tariffs.cases.newName', { n: cases.length + 1 }),
      ...{ enteredAt, exitedAt, vehicleClass, feeFen },
      ...(plateKind === undefined ? {} : { plateKind }),
      ...(plateColor === undefined ? {} : { plateColor }),
      ...(cardType === undefined ? {} : { cardType }),
      ...(areaId === undefined ? {} : { areaId }),
    });
  };
  const blocking = props.notes.filter(({ severity }) => severity !== 'warning').length;
  const red = check.data?.cases.filter(({ passed }) => !passed).length ?? 0;
  const badge = { check: blocking, cases: red, trial: 0, table: 0, replay: 0 };
  const body = {
    trial: () => (
      <TrialPane stay={stay} onChange={props.onStay} trial={props.trial} reading={reading} onAddCase={addTrial} />
    ),
    table: () =>
      settled.tariff === null ? (
        <p className="tf-note" data-severity="error">
          {t('tariffs.trial.unfinished', { n: settled.faults.length })}
        </p>
      ) : (
        <PriceTablePane
          narrow
          tariff={settled.tariff}
          ask={(client, signal) => client.tariffs.preview.priceTable({ tariff: settled.document }, { signal })}
          on={[settled]}
          file={(client) => client.tariffs.preview.priceTableFile({ tariff: settled.document, format: 'xlsx' })}
        />
      ),
    check: () => <FindingsPane notes={props.notes} check={check.data} onJump={props.onJump} />,
    cases: () => (
      <CasesPane
        tariffId={tariffId}
        results={settled.tariff === null ? [] : (check.data?.cases ?? null)}
        act={act}
        onPut={put}
        onChanged={check.again}
        onTry={(next) => {
          props.onStay(next);
          setPane('trial');
        }}
      />
    ),
    replay: () => (
      <ReplayPane draftId={draft.id} revision={draft.revision} unsaved={props.dirty} undecided={reading.open.length} />
    ),
  };
  return (
    <aside className="tf-side" aria-label={t('tariffs.side')}>
      <Tabs
        size="small"
        activeKey={pane}
        onChange={(key) => setPane(panes.find((each) => each === key) ?? 'trial')}
        items={panes.map((key) => ({
          key,
          label: (
            <span>
              {t(`tariffs.pane.${key}`)}
              {badge[key] > 0 && (
                <b className="tf-badge" data-tone={key === 'check' ? 'call' : 'stop'}>
                  {badge[key]}
                </b>
              )}
            </span>
          ),
        }))}
      />
      <div className="tf-body">{body[pane]()}</div>
      {added && (
        <CaseDialog
          value={added}
          taken={cases.map(({ name }) => name)}
          act={act}
          onClose={() => setAdded(null)}
          onSave={async (one) => {
            await put([...cases, one]);
            setAdded(null);
          }}
        />
      )}
    </aside>
  );
}
