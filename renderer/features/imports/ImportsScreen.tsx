import { useRoute } from '../../lib/route.ts';
import { ImportPage } from './ImportPage.tsx';
import { NewImport } from './NewImport.tsx';

/** 导入: begin one, and see what became of each. */
export function ImportsScreen() {
  const id = useRoute((route) => route.id);
  return id === null ? <NewImport /> : <ImportPage key={id} id={id} />;
}
