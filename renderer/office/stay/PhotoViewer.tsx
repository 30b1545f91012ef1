import { Button, Slider } from 'antd';
import { type KeyboardEvent, type PointerEvent, useState, type WheelEvent } from 'react';
import { Photo } from '../../components/Photo.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import './photo-viewer.css';

export interface ShownPhoto {
  /** null: was not taken. */
  readonly id: string | null;
  readonly title: string;
  /** When and where, in words. */
  readonly at: string;
}

interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}
const WHOLE: View = { zoom: 1, x: 0, y: 0 };
const MOST = 6;

const within = (value: number, zoom: number): number => Math.max(-50 * (zoom - 1), Math.min(50 * (zoom - 1), value));
const zoomed = ({ zoom, x, y }: View, by: number): View => {
  const next = Math.max(1, Math.min(MOST, zoom * by));
  return { zoom: next, x: within(x, next), y: within(y, next) };
};
const moved = (view: View, x: number, y: number): View => ({
  ...view,
  x: within(view.x + x, view.zoom),
  y: within(view.y + y, view.zoom),
});

/** Photos side by side, to be compared: one brightness for both, each enlarged and moved by keys, wheel or dragging. */
export function PhotoViewer({ photos }: { photos: readonly ShownPhoto[] }) {
  const { t } = useWords();
  const [bright, setBright] = useState(100);
  return (
    <div className="viewer" style={{ ['--photo-bright' as string]: bright / 100 }}>
      <div className="viewer-panes" data-count={photos.length}>
        {photos.map((photo) => (
          <Pane key={`${photo.title}-${photo.id ?? ''}`} photo={photo} />
        ))}
      </div>
      <div className="viewer-bar">
        <label htmlFor="viewer-bright">{t('stays.viewer.brightness')}</label>
        <Slider
          id="viewer-bright"
          ariaLabelForHandle={t('stays.viewer.brightness')}
          min={40}
          max={300}
          step={20}
          value={bright}
          tooltip={{ formatter: (value) => `${value ?? 100}%` }}
          onChange={setBright}
        />
        <span className="viewer-hint">{t('stays.viewer.hint')}</span>
      </div>
    </div>
  );
}

function Pane({ photo }: { photo: ShownPhoto }) {
  const { t } = useWords();
  const [view, setView] = useState(WHOLE);
  const [drag, setDrag] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const steps: Readonly<Record<string, () => View>> = {
      '+': () => zoomed(view, 1.4),
      '=': () => zoomed(view, 1.4),
      '-': () => zoomed(view, 1 / 1.4),
      '0': () => WHOLE,
      ...(view.zoom > 1
        ? {
            ArrowLeft: () => moved(view, 12, 0),
            ArrowRight: () => moved(view, -12, 0),
            ArrowUp: () => moved(view, 0, 12),
            ArrowDown: () => moved(view, 0, -12),
          }
        : {}),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    setView(step());
  };
  const onWheel = (event: WheelEvent): void => {
    // Without a key the wheel scrolls the page, as everywhere.
    if (event.ctrlKey || view.zoom > 1) setView(zoomed(view, event.deltaY < 0 ? 1.2 : 1 / 1.2));
  };
  const onMove = (event: PointerEvent<HTMLElement>): void => {
    if (!drag || view.zoom === 1) return;
    const { width, height } = event.currentTarget.getBoundingClientRect();
    setView(moved(view, ((event.clientX - drag.x) / width) * 100, ((event.clientY - drag.y) / height) * 100));
    setDrag({ x: event.clientX, y: event.clientY });
  };
  const place = { transform: `translate(${view.x}%, ${view.y}%) scale(${view.zoom})` };
  return (
    <div className="viewer-pane">
      {/* biome-ignore lint/a11y/useSemanticElements: a group that is enlarged by keys, not a fieldset */}
      <div
        className="viewer-glass"
        role="group"
        tabIndex={photo.id === null ? -1 : 0}
        aria-label={t('stays.viewer.label', { name: photo.title, zoom: Math.round(view.zoom * 100) })}
        data-zoomed={view.zoom > 1}
        onKeyDown={onKey}
        onWheel={onWheel}
        onPointerDown={(event) => setDrag({ x: event.clientX, y: event.clientY })}
        onPointerMove={onMove}
        onPointerUp={() => setDrag(null)}
        onPointerLeave={() => setDrag(null)}
        onDoubleClick={() => setView(view.zoom > 1 ? WHOLE : zoomed(view, 2.5))}
      >
        <div className="viewer-place" style={place}>
          <Photo id={photo.id} alt={`${photo.title} ${photo.at}`} />
        </div>
      </div>
      <div className="viewer-caption">
        <strong>{photo.title}</strong>
        <span>{photo.id === null ? t('stays.evidence.noPhoto') : photo.at}</span>
        {photo.id !== null && (
          <span className="viewer-acts">
            <Button size="small" aria-label={t('stays.viewer.zoomOut')} onClick={() => setView(zoomed(view, 1 / 1.4))}>
              −
            </Button>
            <Button size="small" aria-label={t('stays.viewer.zoomIn')} onClick={() => setView(zoomed(view, 1.4))}>
              +
            </Button>
            <Button size="small" disabled={view.zoom === 1} onClick={() => setView(WHOLE)}>
              {t('stays.viewer.reset')}
            </Button>
          </span>
        )}
      </div>
    </div>
  );
}
