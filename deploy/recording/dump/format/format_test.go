// SPDX-License-Identifier: Apache-2.0

package format

import (
	"bytes"
	"reflect"
	"testing"
	"time"
)

func TestReadGivesBackWhatWriteGot(t *testing.T) {
	at := time.UnixMilli(1_700_000_000_123).UTC()
	about := Metadata{
		Name:     "test",
		Topics:   []Topic{{"b", 3}, {"a", 1}},
		Expected: Expected{Verdict: "any"},
	}
	records := []Record{
		{Topic: "a", Timestamp: at.Add(time.Millisecond), Value: []byte("later")},
		{Topic: "a", Timestamp: at, Key: []byte{}, Value: []byte{}},
		{Topic: "b", Partition: 2, Offset: 1, Timestamp: at, Value: nil, Headers: []Header{{"k", []byte{0xff}}, {"null", nil}}},
		{Topic: "b", Partition: 2, Offset: 0, Timestamp: at, Key: []byte{0, 1}, Value: []byte("first")},
	}
	want := []Record{records[3], records[2], records[1], records[0]}
	var out bytes.Buffer
	if err := Write(&out, about, records); err != nil {
		t.Fatal(err)
	}
	read, got, err := Read(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		want[i].Offset = 0
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if read.Records != 4 || read.StartMillis != at.UnixMilli() || read.EndMillis != at.UnixMilli()+1 {
		t.Errorf("got %+v", read)
	}

	for _, cut := range []int{0, 5, len(magic), out.Len() - 1} {
		if _, _, err := Read(bytes.NewReader(out.Bytes()[:cut])); err == nil {
			t.Errorf("no error for the first %d bytes", cut)
		}
	}
}

func TestWriteLaysTheEntryOutAsDocumented(t *testing.T) {
	var out bytes.Buffer
	record := Record{Topic: "t", Partition: 1, Timestamp: time.UnixMilli(0x0102), Key: []byte("k"),
		Headers: []Header{{"h", []byte("v")}}, Value: []byte("x")}
	if err := Write(&out, Metadata{Topics: []Topic{{"t", 2}}}, []Record{record}); err != nil {
		t.Fatal(err)
	}
	want := []byte{
		27,      // length
		0x08, 0, // topic
		0x10, 1, // partition
		0x19, 2, 1, 0, 0, 0, 0, 0, 0, // timestamp
		0x22, 1, 'k',
		0x2a, 6, 0x0a, 1, 'h', 0x12, 1, 'v',
		0x32, 1, 'x',
	}
	if !bytes.HasSuffix(out.Bytes(), append([]byte("\n"), want...)) {
		t.Errorf("got % x", out.Bytes()[len(out.Bytes())-len(want):])
	}
}
