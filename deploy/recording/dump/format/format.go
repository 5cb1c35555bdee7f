// SPDX-License-Identifier: Apache-2.0

// Package format reads and writes recordings, uncompressed; compression is around it.
package format

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

const (
	magic     = "pkgslo-recording 1\n"
	maxRecord = 16 << 20
)

// Metadata is the line after the magic line.
type Metadata struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	StartMillis int64    `json:"startMillis"`
	EndMillis   int64    `json:"endMillis"`
	Topics      []Topic  `json:"topics"`
	Records     int      `json:"records"`
	Expected    Expected `json:"expected"`
}

// Topic is a recorded topic; records name it by its place in the list.
type Topic struct {
	Name       string `json:"name"`
	Partitions int    `json:"partitions"`
}

// Expected is what pkgslo has to say about the recording.
type Expected struct {
	Verdict  string `json:"verdict"`
	Service  string `json:"service"`
	Version  string `json:"version"`
	Baseline string `json:"baseline"`
	Package  string `json:"package"`
}

// Header is a header of a Kafka record.
type Header struct {
	Key   string
	Value []byte
}

// Record is a Kafka record. A nil key or value is null; an empty one is not.
type Record struct {
	Topic     string
	Partition int32
	Offset    int64 // not stored: the order of the entries tells it
	Timestamp time.Time
	Key       []byte
	Headers   []Header
	Value     []byte
}

const (
	fieldTopic       = protowire.Number(1)
	fieldPartition   = protowire.Number(2)
	fieldTimestamp   = protowire.Number(3)
	fieldKey         = protowire.Number(4)
	fieldHeader      = protowire.Number(5)
	fieldValue       = protowire.Number(6)
	fieldHeaderKey   = protowire.Number(1)
	fieldHeaderValue = protowire.Number(2)
)

// Write sorts the records, completes the metadata by their number and times, and writes both.
func Write(out io.Writer, about Metadata, records []Record) error {
	if len(records) == 0 {
		return errors.New("nothing to record")
	}
	index := map[string]int{}
	for i, topic := range about.Topics {
		index[topic.Name] = i
	}
	slices.SortFunc(records, func(a, b Record) int {
		return cmp.Or(a.Timestamp.Compare(b.Timestamp), cmp.Compare(index[a.Topic], index[b.Topic]),
			cmp.Compare(a.Partition, b.Partition), cmp.Compare(a.Offset, b.Offset))
	})
	about.StartMillis = records[0].Timestamp.UnixMilli()
	about.EndMillis = records[len(records)-1].Timestamp.UnixMilli()
	about.Records = len(records)
	line, err := json.Marshal(about)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	buffered.WriteString(magic)
	buffered.Write(line)
	buffered.WriteByte('\n')
	var entry, length []byte
	for _, record := range records {
		topic, known := index[record.Topic]
		if !known {
			return fmt.Errorf("record of topic %s, which the metadata does not list", record.Topic)
		}
		entry = appendRecord(entry[:0], topic, record)
		length = protowire.AppendVarint(length[:0], uint64(len(entry)))
		buffered.Write(length)
		buffered.Write(entry)
	}
	return buffered.Flush() // reports the first error of all writes
}

func appendRecord(b []byte, topic int, record Record) []byte {
	b = protowire.AppendVarint(protowire.AppendTag(b, fieldTopic, protowire.VarintType), uint64(topic))
	b = protowire.AppendVarint(protowire.AppendTag(b, fieldPartition, protowire.VarintType), uint64(record.Partition))
	b = protowire.AppendFixed64(protowire.AppendTag(b, fieldTimestamp, protowire.Fixed64Type), uint64(record.Timestamp.UnixMilli()))
	if record.Key != nil {
		b = appendBytes(b, fieldKey, record.Key)
	}
	for _, header := range record.Headers {
		h := appendBytes(nil, fieldHeaderKey, []byte(header.Key))
		if header.Value != nil {
			h = appendBytes(h, fieldHeaderValue, header.Value)
		}
		b = appendBytes(b, fieldHeader, h)
	}
	if record.Value != nil {
		b = appendBytes(b, fieldValue, record.Value)
	}
	return b
}

func appendBytes(b []byte, field protowire.Number, value []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), value)
}

// Read reads a whole recording.
func Read(in io.Reader) (Metadata, []Record, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	first, err := buffered.ReadString('\n')
	if err != nil || first != magic {
		return Metadata{}, nil, fmt.Errorf("not a recording: expected %q, got %.40q", strings.TrimSpace(magic), first)
	}
	line, err := buffered.ReadBytes('\n')
	if err != nil {
		return Metadata{}, nil, fmt.Errorf("metadata: %w", err)
	}
	var about Metadata
	if err := json.Unmarshal(line, &about); err != nil {
		return Metadata{}, nil, fmt.Errorf("metadata: %w", err)
	}
	records := make([]Record, 0, min(about.Records, 1<<16))
	for {
		record, err := readRecord(buffered, about.Topics)
		if err == io.EOF {
			break
		}
		if err != nil {
			return Metadata{}, nil, fmt.Errorf("record %d: %w", len(records), err)
		}
		records = append(records, record)
	}
	if len(records) != about.Records {
		return Metadata{}, nil, fmt.Errorf("%d records, the metadata says %d", len(records), about.Records)
	}
	return about, records, nil
}

func readRecord(in *bufio.Reader, topics []Topic) (Record, error) {
	length, err := binary.ReadUvarint(in)
	if err != nil {
		return Record{}, err
	}
	if length > maxRecord {
		return Record{}, fmt.Errorf("%d bytes long", length)
	}
	entry := make([]byte, length)
	if _, err := io.ReadFull(in, entry); err != nil {
		return Record{}, io.ErrUnexpectedEOF
	}
	return parseRecord(entry, topics)
}

func parseRecord(entry []byte, topics []Topic) (Record, error) {
	var record Record
	err := eachField(entry, func(field protowire.Number, number uint64, value []byte) error {
		switch field {
		case fieldTopic:
			if number >= uint64(len(topics)) {
				return fmt.Errorf("topic %d of %d", number, len(topics))
			}
			record.Topic = topics[number].Name
		case fieldPartition:
			record.Partition = int32(number)
		case fieldTimestamp:
			record.Timestamp = time.UnixMilli(int64(number)).UTC()
		case fieldKey:
			record.Key = value
		case fieldValue:
			record.Value = value
		case fieldHeader:
			record.Headers = append(record.Headers, Header{})
			last := &record.Headers[len(record.Headers)-1]
			return eachField(value, func(field protowire.Number, _ uint64, value []byte) error {
				switch field {
				case fieldHeaderKey:
					last.Key = string(value)
				case fieldHeaderValue:
					last.Value = value
				}
				return nil
			})
		}
		return nil
	})
	return record, err
}

// eachField calls visit with the number of a varint or fixed64 field, or the bytes of another.
func eachField(b []byte, visit func(field protowire.Number, number uint64, value []byte) error) error {
	for len(b) > 0 {
		field, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return protowire.ParseError(n)
		}
		b = b[n:]
		var number uint64
		var value []byte
		switch kind {
		case protowire.VarintType:
			number, n = protowire.ConsumeVarint(b)
		case protowire.Fixed64Type:
			number, n = protowire.ConsumeFixed64(b)
		case protowire.BytesType:
			value, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(field, kind, b)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		b = b[n:]
		if err := visit(field, number, value); err != nil {
			return err
		}
	}
	return nil
}
