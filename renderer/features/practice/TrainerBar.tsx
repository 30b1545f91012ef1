import { useState } from 'react';
import { type Lesson, scenarioNames } from '../../../shared/contract/practice.ts';
import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { LessonBook } from './LessonBook.tsx';
import { nextScenario, present, secondsOf, sendCar, useLessons } from './lessons.ts';

/** What the lesson is about, what to do, and afterwards whether it was done right. */
export function TrainerBar() {
  const { t } = useWords();
  const state = useLessons();
  const [open, setOpen] = useState(false);
  const lesson = present(state);
  const right = scenarioNames.filter((name) =>
    state.lessons.some((each) => each.scenario === name && each.verdict === 'right'),
  ).length;
  const send = (scenario: Lesson['scenario']): void => {
    setOpen(false);
    void sendCar(scenario);
  };
  const again = lesson !== undefined && lesson.verdict === 'wrong';
  return (
    <section className="trainer" aria-label={t('practice.lessons')}>
      <div className="trainer-text" role="status">
        {lesson ? <About lesson={lesson} keys={state.keys[lesson.id] ?? 0} /> : <p>{t('practice.choose')}</p>}
      </div>
      <div className="trainer-acts">
        <button
          type="button"
          aria-expanded={open}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'practice.close' : 'practice.lessons')} {right}/{scenarioNames.length}
        </button>
        {again && (
          <button
            type="button"
            disabled={state.sending}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => send(lesson.scenario)}
          >
            {t('practice.again')}
          </button>
        )}
        <button
          type="button"
          data-main="true"
          disabled={state.sending}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => send(nextScenario(state))}
        >
          {t(lesson ? 'practice.next' : 'practice.send')} <kbd>{t('practice.sendKey')}</kbd>
        </button>
      </div>
      {open && <LessonBook lessons={state.lessons} onSend={send} />}
    </section>
  );
}

function About({ lesson, keys }: { lesson: Lesson; keys: number }) {
  const { t } = useWords();
  const { scenario, verdict, remarks, plate } = lesson;
  const seconds = secondsOf(lesson);
  if (lesson.endedAt === null)
    return (
      <>
        <p>
          <strong>{t(`practice.scenario.${scenario}`)}</strong>
          {plate !== '' && <span>{t('practice.plateIs', { plate })}</span>}
          <span>{t(`practice.story.${scenario}`)}</span>
        </p>
        <p className="trainer-todo">
          <b>{t('practice.todo')}</b> {t(`practice.howTo.${scenario}`)}
        </p>
      </>
    );
  return (
    <>
      <p>
        <strong>{t(`practice.scenario.${scenario}`)}</strong>
        {verdict && (
          <em data-verdict={verdict}>
            <Shape name={verdict === 'right' ? 'ok' : 'alarm'} size={18} />
            {t(`practice.${verdict}`)}
          </em>
        )}
        {seconds !== null && <span>{t('practice.took', { n: seconds })}</span>}
        <span>{t('practice.keys', { n: keys })}</span>
      </p>
      <p className="trainer-todo">
        {remarks.map((remark) => t(`practice.remark.${remark}`)).join('；')}
        {verdict === 'wrong' && (
          <>
            {' '}
            <b>{t('practice.todo')}</b> {t(`practice.howTo.${scenario}`)}
          </>
        )}
      </p>
    </>
  );
}
