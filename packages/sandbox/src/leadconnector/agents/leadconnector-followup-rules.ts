import { boolean, listOfObjects, needed, number, optional, type Shape, string } from '../http/leadconnector-rules.ts'

export const intervalShape: Shape = {
  startHour: needed(number(0, 24)),
  startMinute: needed(number(0, 59)),
  endHour: needed(number(0, 24)),
  endMinute: needed(number(0, 59)),
}

export const followupShape: Shape = {
  dynamicChannelSwitching: needed(boolean),
  followUpHours: optional(boolean),
  // Documented from 0, seen from 1 to 7: both pass.
  workingHours: optional(
    listOfObjects({ dayOfTheWeek: needed(number(0, 7)), intervals: optional(listOfObjects(intervalShape)) }),
  ),
  // Declared as one of two words and not checked.
  timezoneToUse: optional(string),
}
