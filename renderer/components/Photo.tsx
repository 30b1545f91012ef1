import { useEffect, useState } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { acquirePhoto, releasePhoto } from '../lib/photos.ts';
import './Photo.css';

type State = { readonly id: string; readonly url: string | null; readonly failed: boolean };

/** A photo from the station, with what and when as text. Says so when there is none, or when it cannot be had. */
export function Photo({ id, alt, caption, at }: { id: string | null; alt: string; caption?: string; at?: string }) {
  const { t } = useWords();
  const [state, setState] = useState<State | null>(null);
  useEffect(() => {
    if (id === null) return;
    let shown = true;
    acquirePhoto(id).then(
      (url) => shown && setState({ id, url, failed: false }),
      () => shown && setState({ id, url: null, failed: true }),
    );
    return () => {
      shown = false;
      releasePhoto(id);
    };
  }, [id]);
  const current = state?.id === id ? state : null;
  return (
    <figure className="photo">
      <div className="photo-frame">
        {id === null ? (
          <span>{t('panel.photoMissing')}</span>
        ) : current?.url ? (
          <img src={current.url} alt={alt} />
        ) : (
          <span>{t(current?.failed ? 'panel.photoFailed' : 'panel.photoLoading')}</span>
        )}
      </div>
      {caption !== undefined && (
        <figcaption className="photo-caption">
          <span>{caption}</span>
          <span>{at ?? ''}</span>
        </figcaption>
      )}
    </figure>
  );
}
