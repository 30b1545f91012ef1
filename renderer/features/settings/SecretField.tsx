import { Button, Input } from 'antd';
import { KEPT_SECRET } from '../../../shared/domain/setting.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { type Path, useSettings, wasSet } from './store.ts';

/**
 * A secret, which the station shows to nobody: bullets stand for what is stored. Typing begins anew; emptied again, what is stored stays. It goes
 * only by its own button, and not where nothing runs without it.
 */
export function SecretField(props: {
  id: string;
  status: '' | 'error';
  text: string;
  path: Path;
  needed: boolean;
  long: boolean;
  onChange: (value: unknown) => void;
}) {
  const { t } = useWords();
  const isStored = useSettings((state) => wasSet(state, props.path));
  const kept = props.text === KEPT_SECRET;
  const cleared = isStored && props.text === '';
  const said = cleared ? 'cleared' : !kept ? 'notSet' : props.status === 'error' ? 'again' : 'kept';
  const shared = {
    id: props.id,
    status: props.status,
    value: kept ? '' : props.text,
    placeholder: said === 'kept' ? `••••　${t('settings.form.kept')}` : t(`settings.form.${said}`),
  };
  const put = (typed: string): void => props.onChange(typed !== '' ? typed : isStored ? KEPT_SECRET : undefined);
  return (
    <div className="set-secret">
      {props.long ? (
        <Input.TextArea
          {...shared}
          rows={2}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => put(event.target.value)}
        />
      ) : (
        <Input.Password {...shared} autoComplete="new-password" onChange={(event) => put(event.target.value)} />
      )}
      {kept && !props.needed && (
        <Button aria-describedby={props.id} onClick={() => props.onChange(undefined)}>
          {t('settings.form.clear')}
        </Button>
      )}
      {cleared && <Button onClick={() => props.onChange(KEPT_SECRET)}>{t('settings.form.keep')}</Button>}
    </div>
  );
}
