import { AlarmList } from './AlarmList.tsx';
import { EventList } from './EventList.tsx';
import { PassedList } from './passed/PassedList.tsx';
import { SpacesBox } from './SpacesBox.tsx';

export function SideColumn() {
  return (
    <aside className="side">
      <SpacesBox />
      <AlarmList />
      <PassedList />
      <EventList />
    </aside>
  );
}
