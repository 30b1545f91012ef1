import { halfOfTheSmallDays } from './small-days.ts';

halfOfTheSmallDays(0);
