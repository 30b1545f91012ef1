import { AlarmList } from './AlarmList.tsx';
import { EventList } from './EventList.tsx';
import { SpacesBox } from './SpacesBox.tsx';

export function SideColumn() {
  return (
    <aside className="side">
      <SpacesBox />
      <AlarmList />
      <EventList />
    </aside>
  );
}
