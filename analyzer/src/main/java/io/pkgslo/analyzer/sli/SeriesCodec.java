// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.Sums;
import io.pkgslo.analyzer.window.Window;
import io.pkgslo.analyzer.window.WindowedSums;
import io.pkgslo.analyzer.wire.SeriesRecord;
import io.pkgslo.analyzer.wire.SliceRecord;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Durable records of the series of a subject, both ways; buckets stand in chunks. */
final class SeriesCodec {
  private SeriesCodec() {}

  static SeriesRecord encode(SloSeries series) {
    // The longest: its buckets are enough for the others.
    Window period =
        Collections.max(series.sums().windows(), Comparator.comparingLong(Window::longestSeconds));
    SeriesRecord.Builder record =
        SeriesRecord.newBuilder()
            .setObjective(series.id())
            .addAllLabelName(series.labels().names())
            .addAllLabelValue(series.labels().values())
            .setPeriodSeconds(period.seconds())
            .setValid(series.validTotal())
            .setBad(series.badTotal());
    if (period.calendar() != null) {
      record.setCalendar(Calendars.wire(period.calendar()));
    }
    if (series.durations() != null) {
      record.setDurations(series.durations().encode());
    }
    TimeSlices slices = series.slices();
    if (slices.judgedMillis() != Long.MIN_VALUE) {
      record.setJudgedMillis(slices.judgedMillis());
    }
    slices.kept().forEach(slice -> record.addSlice(encode(slice)));
    return record.build();
  }

  private static SliceRecord encode(TimeSlice slice) {
    return SliceRecord.newBuilder()
        .setStartMillis(slice.startMillis)
        .setLengthMillis(slice.lengthMillis)
        .setValid(slice.valid)
        .setBad(slice.bad)
        .setJudged(slice.judged)
        .setCountedValid(slice.counted.valid())
        .setCountedBad(slice.counted.bad())
        .setWorst(slice.worst)
        .build();
  }

  static SloSeries decode(SeriesRecord record, SloSeries.Touched touched) {
    TimeSlices slices = new TimeSlices();
    if (record.hasJudgedMillis()) {
      slices.restoreJudged(record.getJudgedMillis());
    }
    record.getSliceList().forEach(slice -> slices.restore(decode(slice)));
    return new SloSeries(
        record.getObjective(),
        new SeriesLabels(record.getLabelNameList(), record.getLabelValueList()),
        new SloSeries.SeriesState(
            new WindowedSums(windows(record)),
            slices,
            record.getValid(),
            record.getBad(),
            record.hasDurations() ? DurationTally.decode(record.getDurations()) : null),
        touched);
  }

  private static List<Window> windows(SeriesRecord record) {
    return record.hasCalendar()
        ? Window.ofCalendar(record.getPeriodSeconds(), Calendars.of(record.getCalendar()))
        : Window.ofPeriod(record.getPeriodSeconds());
  }

  private static TimeSlice decode(SliceRecord record) {
    TimeSlice slice = new TimeSlice(record.getStartMillis(), record.getLengthMillis());
    slice.valid = record.getValid();
    slice.bad = record.getBad();
    slice.judged = record.getJudged();
    slice.counted = new Sums(record.getCountedValid(), record.getCountedBad());
    slice.worst = record.getWorst();
    return slice;
  }
}
