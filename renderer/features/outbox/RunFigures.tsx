import { foundSchema, type RunView } from '../../../shared/contract/reconciliations.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import { interfaceName } from './message-name.ts';
import { countOf, expectedOf } from './run-title.ts';

/** Those of which there are always some to be asked about, though there be none. */
const always = new Set(['delivered', 'waiting', 'refused', 'missing']);

/** What should have been sent and what became of it, by kind of message, with the platform's own figures where it tells them. */
export function RunFigures({ run }: { run: RunView }) {
  const { t } = useWords();
  const shown = foundSchema.options.filter((found) => always.has(found) || countOf(run, found) > 0);
  const { theirs } = run;
  const theirsOf = (message: string): string => {
    const figure = theirs.kind === 'told' ? theirs.figures.find((each) => each.message === message) : undefined;
    if (!figure) return '—';
    const count = figure.count.toLocaleString('en-US');
    return figure.amountFen === null ? count : `${count} · ${formatMoney(figure.amountFen)}`;
  };
  return (
    <Box title={t('outbox.run.figures')}>
      <table className="run-figures">
        <thead>
          <tr>
            <th scope="col">{t('outbox.run.message')}</th>
            <th scope="col">{t('outbox.run.expected')}</th>
            {shown.map((found) => (
              <th key={found} scope="col">
                {t(`outbox.run.found.${found}`)}
              </th>
            ))}
            {theirs.kind === 'told' && <th scope="col">{t('outbox.run.theirs')}</th>}
          </tr>
        </thead>
        <tbody>
          {run.figures.map((figure) => (
            <tr key={figure.message}>
              <th scope="row">
                {interfaceName(figure.message, figure.title, t)} <small>{figure.message}</small>
              </th>
              <td>{figure.expected.toLocaleString('en-US')}</td>
              {shown.map((found) => (
                <td key={found} data-bad={(found === 'missing' || found === 'refused') && figure.found[found] > 0}>
                  {figure.found[found].toLocaleString('en-US')}
                </td>
              ))}
              {theirs.kind === 'told' && <td>{theirsOf(figure.message)}</td>}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('outbox.run.sum')}</th>
            <td>{expectedOf(run).toLocaleString('en-US')}</td>
            {shown.map((found) => (
              <td key={found}>{countOf(run, found).toLocaleString('en-US')}</td>
            ))}
            {theirs.kind === 'told' && <td />}
          </tr>
        </tfoot>
      </table>
      {theirs.kind === 'none' && <p className="message-note">{t('outbox.run.theirsNone')}</p>}
      {theirs.kind === 'not-a-day' && <p className="message-note">{t('outbox.run.theirsNotADay')}</p>}
      {theirs.kind === 'failed' && (
        <p className="message-note">{t('outbox.run.theirsFailed', { reason: theirs.reason })}</p>
      )}
      {theirs.kind === 'told' && theirs.note !== '' && <p className="message-note">{theirs.note}</p>}
    </Box>
  );
}
