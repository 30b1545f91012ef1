import type { DisplayLine } from '../../../shared/domain/display.ts';
import { useWords } from '../../lib/i18n/index.ts';

/** What a display shows, each line where it stands in it. */
export function DisplayPreview({ lines, caption }: { lines: readonly DisplayLine[]; caption: string }) {
  const { t } = useWords();
  return (
    <figure className="dev-display">
      <figcaption>{caption}</figcaption>
      {lines.map(({ text, alignment, color }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
        <p key={index} data-alignment={alignment} data-color={color} title={t(`devices.alignment.${alignment}`)}>
          {text === '' ? '\u00a0' : text}
        </p>
      ))}
    </figure>
  );
}
