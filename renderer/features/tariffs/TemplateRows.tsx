import { Button } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import type { Template } from './beginning.ts';

/** Ready-made tariffs, each with the text it follows and what that text leaves open. */
export function TemplateRows(props: { templates: readonly Template[]; onBegin: (template: Template) => void }) {
  const { t } = useWords();
  return (
    <ul className="tf-templates">
      {props.templates.map((template) => (
        <li key={template.id}>
          <header>
            <b>
              {template.city} · {template.title}
            </b>
            <Button
              size="small"
              aria-label={t('tariffs.begin.useNamed', { name: template.title })}
              onClick={() => props.onBegin(template)}
            >
              {t('tariffs.begin.use')}
            </Button>
          </header>
          <details>
            <summary>{t('tariffs.begin.source')}</summary>
            <p>{template.source}</p>
            <p>{template.note}</p>
            <p>{t('tariffs.begin.cases', { n: template.cases.length })}</p>
          </details>
        </li>
      ))}
    </ul>
  );
}
