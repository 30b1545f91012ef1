import { useWords } from '../../lib/i18n/index.ts';
import { differencesOf } from './differences.ts';

const MOST = 60;

/** Two tariffs side by side, as far as they differ. */
export function DifferenceList({ before, after }: { before: unknown; after: unknown }) {
  const { t, language } = useWords();
  const all = differencesOf(before, after, t, language);
  if (all.length === 0) return <p className="tf-aside">{t('tariffs.diff.none')}</p>;
  return (
    <div className="tf-scroll">
      <table className="tf-table">
        <thead>
          <tr>
            <th>{t('tariffs.diff.where')}</th>
            <th>{t('tariffs.diff.before')}</th>
            <th>{t('tariffs.diff.after')}</th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, MOST).map(({ path, where, before: old, after: young }) => (
            <tr key={path.join('.')}>
              <td>{where}</td>
              <td>{old ?? t('tariffs.diff.absent')}</td>
              <td>
                <b>{young ?? t('tariffs.diff.gone')}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > MOST && <p className="tf-aside">{t('tariffs.diff.more', { n: all.length - MOST })}</p>}
    </div>
  );
}
