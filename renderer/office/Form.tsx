import { Button, Modal } from 'antd';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { Problem } from './States.tsx';
import './form.css';

/** A labelled control of a form with what is wrong with it, or else a hint, beneath. */
export function Field(props: {
  id: string;
  label: string;
  fault?: string | undefined;
  hint?: ReactNode;
  needed?: boolean;
  /** Over the whole width of the form. */
  wide?: boolean;
  children: ReactNode;
}) {
  const { id, fault, hint } = props;
  return (
    <div className="field" data-wide={props.wide === true} data-fault={fault !== undefined}>
      <label htmlFor={id}>
        {props.label}
        {props.needed && <em aria-hidden="true"> *</em>}
      </label>
      {props.children}
      {fault !== undefined ? (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      ) : (
        hint !== undefined && <p className="field-hint">{hint}</p>
      )}
    </div>
  );
}

/** What is typed or chosen in; of a plate its number, not its province. */
const CONTROL = ':is(input:not([type="hidden"]), textarea, [role="textbox"], [role="combobox"])';

/**
 * A form over the screen: Enter carries it out from every field, Esc leaves. Whoever typed something is asked once more before
 * it is thrown away, and a refusal leaves everything as it was typed.
 */
export function FormDialog(props: {
  title: string;
  verb: string;
  busy: boolean;
  dirty: boolean;
  problem: string | null;
  danger?: boolean;
  ready?: boolean;
  width?: number;
  /** At the left of the buttons: other acts on the same thing. */
  extra?: ReactNode;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const { t } = useWords();
  const [warned, setWarned] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const focusIn = (selector: string): void => {
    void requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(selector)?.focus());
  };
  const begin = (): void => {
    if (!form.current?.contains(document.activeElement)) focusIn(CONTROL);
  };
  // Whoever presses the key that opens a form goes on typing: that must not wait until the form has come to rest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const frame = requestAnimationFrame(begin);
    return () => cancelAnimationFrame(frame);
  }, []);
  const leave = (): void => {
    if (props.dirty && !warned) setWarned(true);
    else props.onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (props.busy || props.ready === false) return;
    props.onSubmit();
    focusIn(`[data-fault="true"] ${CONTROL}`);
  };
  // Whoever has just typed sends with Enter, from fields that are no input elements too. What a field did with Enter itself
  // (chose from its list) is its own.
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event;
    if (event.key !== 'Enter' || event.defaultPrevented || !(target instanceof HTMLElement)) return;
    const typed =
      target instanceof HTMLInputElement ? target.type === 'text' : target.getAttribute('role') === 'textbox';
    if (!typed) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    <Modal
      open
      title={props.title}
      width={props.width ?? 640}
      style={{ top: 24 }}
      mask={{ closable: false }}
      onCancel={leave}
      afterOpenChange={(open) => {
        if (open) begin();
      }}
      footer={
        <div className="form-foot">
          {props.extra !== undefined && <span>{props.extra}</span>}
          <Button onClick={leave}>{t('kit.back')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            form={id}
            danger={props.danger ?? false}
            loading={props.busy}
            disabled={props.ready === false}
          >
            {props.verb}
          </Button>
        </div>
      }
    >
      <form id={id} ref={form} className="form" noValidate onSubmit={submit} onKeyDown={onKeyDown}>
        {props.children}
        {warned && props.dirty && <Problem text={t('registry.leaveUnsaved')} />}
        <Problem text={props.problem} />
      </form>
    </Modal>
  );
}
