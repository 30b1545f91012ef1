import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { formOfText, type Reading, type TariffForm } from './form.ts';

/** The document itself, for experts. It becomes the form only when it is a tariff. */
export function RawTab({ reading, onChange }: { reading: Reading; onChange: (form: TariffForm) => void }) {
  const { t } = useWords();
  const shown = JSON.stringify(reading.document, null, 2);
  const [text, setText] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const take = (): void => {
    const form = formOfText(text ?? shown, reading.open);
    if ('fault' in form) {
      setFault(form.fault);
      return;
    }
    setFault(null);
    setText(null);
    onChange(form);
  };
  return (
    <div className="tf-stack tf-body">
      <p className="tf-aside">{t('tariffs.raw.what')}</p>
      <Input.TextArea
        aria-label={t('tariffs.tab.raw')}
        className="tf-raw"
        autoSize={{ minRows: 18, maxRows: 40 }}
        spellCheck={false}
        value={text ?? shown}
        onChange={(event) => setText(event.target.value)}
      />
      {fault !== null && (
        <pre className="tf-note" data-severity="error" role="alert">
          {fault}
        </pre>
      )}
      <span className="tf-inline">
        <Button type="primary" disabled={text === null || text === shown} onClick={take}>
          {t('tariffs.raw.take')}
        </Button>
        <Button disabled={text === null} onClick={() => setText(null)}>
          {t('tariffs.raw.drop')}
        </Button>
      </span>
    </div>
  );
}
