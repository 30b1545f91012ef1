import { type ReactNode, useEffect, useRef } from 'react';
import './office.css';

/**
 * The frame of an office screen: title and acts, then filters, then the body, which scrolls. `fill` lets the body take the
 * height that is left without scrolling itself (for a list that scrolls inside).
 */
export function Page(props: {
  title: ReactNode;
  /** Behind the title: what the screen is about, or a way back. */
  note?: ReactNode;
  actions?: ReactNode;
  filters?: ReactNode;
  fill?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever came here by keyboard or hears the screen goes on from its title.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <section className="page">
      <header className="page-head">
        <h2 ref={heading} tabIndex={-1}>
          {props.title}
        </h2>
        {props.note !== undefined && <div className="page-note">{props.note}</div>}
        {props.actions !== undefined && <div className="page-actions">{props.actions}</div>}
      </header>
      {props.filters !== undefined && <search className="page-filters">{props.filters}</search>}
      <div className="page-body" data-fill={props.fill === true}>
        {props.children}
      </div>
    </section>
  );
}

/** A labelled control among the filters. */
export function Filter({ label, htmlFor, children }: { label: string; htmlFor: string; children: ReactNode }) {
  return (
    <label className="page-filter" htmlFor={htmlFor}>
      <span>{label}</span>
      {children}
    </label>
  );
}

/** A titled box in the body of a page. */
export function Box({ title, extra, children }: { title?: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="box">
      {(title !== undefined || extra !== undefined) && (
        <header className="box-head">
          {title !== undefined && <h3>{title}</h3>}
          {extra}
        </header>
      )}
      {children}
    </section>
  );
}
