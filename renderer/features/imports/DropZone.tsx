import { type DragEvent, useId, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import './imports.css';

/** Takes one file, dropped or chosen. */
export function DropZone({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const id = useId();
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !busy) onFile(file);
  };
  return (
    <label
      htmlFor={id}
      className="drop-zone"
      data-over={over}
      data-busy={busy}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <input
        id={id}
        type="file"
        className="visually-hidden"
        accept=".xlsx,.csv"
        disabled={busy}
        aria-label={t('imports.drop')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file, corrected, may be chosen again.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <strong>{t('imports.drop')}</strong>
      <span>{t('imports.dropHint')}</span>
    </label>
  );
}
