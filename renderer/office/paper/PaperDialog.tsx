import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { PreviewView, PrintedView, PrinterView } from '../../../shared/contract/printing.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { Failed, Fetching, Problem } from '../States.tsx';
import { useAct } from '../use-act.ts';
import { useAsk } from '../use-ask.ts';
import { Paper } from './Paper.tsx';

/** What is put on paper: the receipt of a payment, or the report of a shift. */
export interface Printable {
  readonly what: 'payment' | 'shift';
  readonly id: string;
}

export const previewOf = (client: StationClient, of: Printable, printer?: string): Promise<PreviewView> => {
  const input = { id: of.id, ...(printer === undefined ? {} : { printer }) };
  return of.what === 'payment' ? client.printing.preview(input) : client.printing.shiftPreview(input);
};

export const printOf = (client: StationClient, of: Printable, printer?: string): Promise<PrintedView> => {
  const input = { id: of.id, ...(printer === undefined ? {} : { printer }) };
  return of.what === 'payment' ? client.printing.receipt(input) : client.printing.shift(input);
};

/** The paper as it will come out, where it comes out, and how that ended. */
export function PaperDialog({ of, onClose }: { of: Printable; onClose: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [chosen, setChosen] = useState<string>();
  const [ended, setEnded] = useState<PrintedView | null>(null);
  const printers = useAsk((client) => client.printing.printers(), []);
  const preview = useAsk((client) => previewOf(client, of, chosen), [of.what, of.id, chosen]);
  const { data } = preview;
  const printerId = chosen ?? data?.printerId ?? undefined;
  const print = async (): Promise<void> => {
    const printed = await act.run((client) => printOf(client, of, printerId));
    if (!printed) return;
    setEnded(printed);
    preview.again();
  };
  const again = (data?.copy ?? 1) > 1;
  return (
    <Modal
      open
      width={640}
      title={t(`printing.title.${of.what}`)}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('kit.back')}</Button>
          <Button
            type="primary"
            loading={act.busy}
            disabled={data === null || printerId === undefined}
            onClick={() => void print()}
          >
            {t(again ? 'printing.again' : 'printing.print')}
          </Button>
        </>
      }
    >
      <div className="paper-dialog">
        {preview.failed ? (
          <Failed error={preview.failed.error} onAgain={preview.again} />
        ) : data === null ? (
          <Fetching rows={6} />
        ) : (
          <>
            <Where
              printers={printers.data ?? []}
              printerId={printerId}
              onChange={(id) => {
                setChosen(id);
                setEnded(null);
              }}
            />
            <div className="paper-desk">
              <Paper document={data.document} columns={data.columns} label={t(`printing.title.${of.what}`)} />
            </div>
            {ended ? (
              <Ended ended={ended} />
            ) : (
              again && (
                <p className="fee-hint">
                  {t(data.paper === 'maybe' ? 'printing.isMaybe' : 'printing.isCopy', { n: data.copy - 1 })}
                </p>
              )
            )}
          </>
        )}
        <Problem text={act.problem} />
      </div>
    </Modal>
  );
}

function Where(props: {
  printers: readonly PrinterView[];
  printerId: string | undefined;
  onChange: (id: string) => void;
}) {
  const { t } = useWords();
  const { printers, printerId, onChange } = props;
  const chosen = printers.find(({ id }) => id === printerId);
  if (printers.length === 0) return <Problem text={t('printing.noPrinter')} />;
  return (
    <div className="paper-where">
      <label htmlFor="paper-printer">
        <span>{t('printing.printer')}</span>
        <Select
          id="paper-printer"
          style={{ minWidth: 240 }}
          placeholder={t('printing.choose')}
          value={printerId ?? null}
          options={printers.map((each) => ({ value: each.id, label: printerName(each, t) }))}
          onChange={(id) => id !== null && onChange(id)}
        />
      </label>
      {chosen?.faults.map((fault) => (
        <Problem key={fault} text={fault} />
      ))}
    </div>
  );
}

/** By its lanes, which people know; by its id where it has none. */
function printerName({ id, lanes, state }: PrinterView, t: Translate): string {
  const name = lanes.length === 0 ? id : `${lanes.map((lane) => lane.name).join('、')} · ${id}`;
  return state === 'offline' ? t('printing.offline', { name }) : name;
}

function Ended({ ended }: { ended: PrintedView }) {
  const { t } = useWords();
  if (ended.outcome !== 'done') return <Problem text={`${t(`printing.ended.${ended.outcome}`)} ${ended.detail}`} />;
  return <p role="status">{t('printing.ended.done')}</p>;
}
