import type { ConfigurationNotice } from '../../../shared/contract/configuration.ts';
import type { ConfigurationChange } from '../../../shared/domain/configuration.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { subjectOf } from './labels.ts';
import type { Forms } from './section.ts';

const MOST = 60;

/** What would be different, line by line, and what else comes with it. */
export function ChangeList(props: {
  changes: readonly ConfigurationChange[];
  notices?: readonly ConfigurationNotice[];
  forms: Forms | null;
}) {
  const { t, language } = useWords();
  const value = (text: string | null): string => (text === null || text === '' ? t('settings.review.empty') : text);
  const warnings = (props.notices ?? []).filter(({ kind }) => kind !== 'reopens');
  return (
    <>
      <div className="set-changes">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('settings.review.column.what')}</th>
              <th scope="col">{t('settings.review.column.before')}</th>
              <th scope="col">{t('settings.review.column.after')}</th>
            </tr>
          </thead>
          <tbody>
            {props.changes.slice(0, MOST).map((change) => (
              <tr key={`${change.part} ${change.id} ${change.field} ${change.what}`}>
                <th scope="row">{subjectOf(change, props.forms, t, language)}</th>
                {change.field === '' ? (
                  <td colSpan={2} data-what={change.what}>
                    {t(`settings.review.${change.what}`)}
                  </td>
                ) : (
                  <>
                    <td>{value(change.before)}</td>
                    <td>{value(change.after)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {props.changes.length > MOST && <p>{t('settings.review.more', { n: props.changes.length - MOST })}</p>}
      </div>
      {warnings.length > 0 && (
        <ul className="set-warnings">
          {warnings.map((notice) => (
            <li key={`${notice.kind} ${notice.id} ${notice.name}`}>{noticeText(notice, t)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function noticeText(notice: ConfigurationNotice, t: ReturnType<typeof useWords>['t']): string {
  const { kind, id, name, count } = notice;
  if (kind === 'reopens') return t('settings.review.reopens');
  return t(`settings.notice.${kind}`, { id, name, platform: platformName(id, t), count: count ?? 0 });
}
