import { Button } from 'antd';
import { useEffect, useRef } from 'react';

/** The end of a list that goes on: asks for more when it comes into sight, and is a button besides. */
export function MoreRows(props: {
  busy: boolean;
  end: boolean;
  more: () => void;
  label: string;
  endLabel: string;
  /** False: only the button asks, because most of what comes is not shown. */
  auto?: boolean;
}) {
  const mark = useRef<HTMLDivElement>(null);
  const { more, end, auto = true } = props;
  useEffect(() => {
    const here = mark.current;
    if (!here || end || !auto || typeof IntersectionObserver === 'undefined') return;
    const watch = new IntersectionObserver((seen) => {
      if (seen.some((each) => each.isIntersecting)) more();
    });
    watch.observe(here);
    return () => watch.disconnect();
  }, [more, end, auto]);
  return (
    <div ref={mark} className="more-rows">
      {end ? (
        <span>{props.endLabel}</span>
      ) : (
        <Button loading={props.busy} onClick={more}>
          {props.label}
        </Button>
      )}
    </div>
  );
}
