import { useEffect } from 'react';
import { usePrefs } from '../../lib/prefs.ts';

/** Brightness and contrast of the photos, as the keys set them; written to the document for the style sheets. */
export function usePhotoLight(): void {
  const brightness = usePrefs((prefs) => prefs.photoBrightness);
  const contrast = usePrefs((prefs) => prefs.photoContrast);
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--photo-brightness', String(brightness));
    style.setProperty('--photo-contrast', String(contrast));
  }, [brightness, contrast]);
}
