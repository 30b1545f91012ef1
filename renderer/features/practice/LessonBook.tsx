import { type Lesson, type Scenario, scenarioNames } from '../../../shared/contract/practice.ts';
import { useWords } from '../../lib/i18n/index.ts';

/** All lessons, with how they went so far; a click sends the car. */
export function LessonBook({ lessons, onSend }: { lessons: readonly Lesson[]; onSend: (scenario: Scenario) => void }) {
  const { t } = useWords();
  const count = (scenario: Scenario, verdict: Lesson['verdict']): number =>
    lessons.filter((each) => each.scenario === scenario && each.verdict === verdict).length;
  return (
    <ul className="lesson-book">
      {scenarioNames.map((scenario) => {
        const right = count(scenario, 'right');
        const wrong = count(scenario, 'wrong');
        return (
          <li key={scenario} data-done={right > 0}>
            <button type="button" onClick={() => onSend(scenario)}>
              <strong>{t(`practice.scenario.${scenario}`)}</strong>
              <span>{t(`practice.story.${scenario}`)}</span>
              <em>
                {right + wrong === 0
                  ? t('practice.never')
                  : `${t('practice.right')} ${right} · ${t('practice.wrong')} ${wrong}`}
              </em>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
