import { Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import type { VerifyReport } from '../../../shared/contract/evidence.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { parseAnchors } from './anchors.ts';

/** 流水核验: the check of the whole history, its report, and the anchor to keep until the next one. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [photos, setPhotos] = useState(false);
  const [expect, setExpect] = useState('');
  const [report, setReport] = useState<VerifyReport | null>(null);
  const anchors = parseAnchors(expect);
  const run = async (): Promise<void> => {
    if (anchors === null) return;
    const found = await act.run((client) =>
      client.journal.verify({ photos, ...(anchors.length > 0 ? { expect: [...anchors] } : {}) }),
    );
    if (found) setReport(found);
  };
  return (
    <Modal
      open
      width={640}
      title={t('audit.verify.title')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('audit.verify.done')}</Button>
          <Button
            type="primary"
            loading={act.busy}
            disabled={anchors === null}
            onClick={() => {
              setReport(null);
              void run();
            }}
          >
            {t(report ? 'audit.verify.again' : 'audit.verify.verb')}
          </Button>
        </>
      }
    >
      <div className="verify">
        <p>{t('audit.verify.text')}</p>
        <Checkbox checked={photos} disabled={act.busy} onChange={(event) => setPhotos(event.target.checked)}>
          {t('audit.verify.photos')}
        </Checkbox>
        <label htmlFor="verify-expect">
          <span>{t('audit.verify.expect')}</span>
          <Input.TextArea
            id="verify-expect"
            rows={2}
            disabled={act.busy}
            status={anchors === null ? 'error' : ''}
            value={expect}
            onChange={(event) => setExpect(event.target.value)}
          />
        </label>
        {anchors === null && <Problem text={t('audit.verify.expectWrong')} />}
        {act.busy && <p role="status">{t('audit.verify.running')}</p>}
        <Problem text={act.problem} />
        {report && <Report report={report} />}
      </div>
    </Modal>
  );
}

function Report({ report }: { report: VerifyReport }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const anchor = `${report.anchor.seq}:${report.anchor.hash}`;
  return (
    <section className="verify-report" data-whole={report.whole} role="status">
      <strong>
        {report.whole
          ? t('audit.verify.whole', { rows: report.rows, tableRows: report.tableRows })
          : t('audit.verify.broken', { n: report.findingCount })}
      </strong>
      {report.photos !== null && <p>{t('audit.verify.photosRead', { n: report.photos })}</p>}
      <ul>
        {report.findings.map((each) => (
          <li key={`${each.code}-${String(each.seq)}-${each.text}`}>
            {each.seq !== null && <code>#{each.seq}</code>} {each.text}
          </li>
        ))}
      </ul>
      {report.noteCount > 0 && (
        <details>
          <summary>{t('audit.verify.notes', { n: report.noteCount })}</summary>
          <ul>
            {report.notes.map((each) => (
              <li key={`${each.code}-${each.seq}`}>
                <code>#{each.seq}</code> {each.text}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="verify-anchor">
        <span>{t('audit.verify.anchor')}</span>
        <code>{anchor}</code>
        <Button
          size="small"
          onClick={() =>
            void navigator.clipboard.writeText(anchor).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          {t(copied ? 'audit.verify.copied' : 'audit.verify.copy')}
        </Button>
      </p>
    </section>
  );
}
