// A client of transparency logs that knows nothing of Zeren: whatever it needs to check an export stands in
// C2SP tlog-tiles, tlog-checkpoint and signed-note, and in golang.org/x/mod, which others wrote.
//
//	tlog_client <verifier key> <folder>
//
// prints `verified N entries`, or says what is wrong and exits with 1.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: tlog_client <verifier key> <folder>")
		os.Exit(2)
	}
	count, err := verify(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("verified %d entries\n", count)
}

// verify checks every entry and every tile of the export in folder and answers how many entries there are.
//
// The entries are hashed into a tree of our own first, which alone proves them. The tiles are then held
// against it, and read as a client without entries would. That reader is not trusted with more: releases
// of golang.org/x/mod exist whose TileHashReader passes some tiles on unauthenticated, because it counts a
// tile that several subtrees share more than once.
func verify(vkey, folder string) (int64, error) {
	tree, err := openCheckpoint(vkey, folder)
	if err != nil {
		return 0, fmt.Errorf("checkpoint: %w", err)
	}
	if tree.N == 0 {
		if tree.Hash != sha256.Sum256(nil) {
			return 0, errors.New("checkpoint: not the root of an empty log")
		}
		return 0, nil
	}
	entries, err := readEntries(folder, tree.N)
	if err != nil {
		return 0, err
	}
	own, err := hashesOf(entries)
	if err != nil {
		return 0, err
	}
	root, err := tlog.TreeHash(tree.N, own)
	if err != nil {
		return 0, err
	}
	if root != tree.Hash {
		return 0, explain(folder, tree, entries)
	}
	if err := compareTiles(folder, tree.N, own); err != nil {
		return 0, err
	}
	return tree.N, compareLeaves(folder, tree, entries)
}

// explain finds the entry that is to blame for a wrong root, as far as the tiles can tell.
func explain(folder string, tree tlog.Tree, entries [][]byte) error {
	if err := compareLeaves(folder, tree, entries); err != nil {
		return err
	}
	return errors.New("entries: their root is not that of the checkpoint")
}

// hashes are those of a tree in the order of tlog.StoredHashIndex.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		found[i] = h[index]
	}
	return found, nil
}

func hashesOf(entries [][]byte) (hashes, error) {
	var all hashes
	for n, entry := range entries {
		more, err := tlog.StoredHashes(int64(n), entry, all)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// compareTiles holds every tile of a log of that size against our own hashes.
func compareTiles(folder string, size int64, own hashes) error {
	for level := 0; size>>(tileHeight*level) > 0; level++ {
		count := size >> (tileHeight * level)
		for first := int64(0); first < count; first += tileWidth {
			tile := tlog.Tile{H: tileHeight, L: level, N: first / tileWidth, W: widthAt(first, count)}
			expected, err := tlog.ReadTileData(tile, own)
			if err != nil {
				return err
			}
			path := tlogPath(strconv.Itoa(level), tile.N, tile.W)
			found, err := os.ReadFile(filepath.Join(folder, path))
			if err != nil {
				return err
			}
			if !bytes.Equal(found, expected) {
				return fmt.Errorf("%s: not the hashes of the entries", path)
			}
		}
	}
	return nil
}

// compareLeaves holds every entry against the leaf hash that a client reads from the tiles.
func compareLeaves(folder string, tree tlog.Tree, entries [][]byte) error {
	reader := tlog.TileHashReader(tree, tiles{folder})
	for n, entry := range entries {
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(n))})
		if err != nil {
			return fmt.Errorf("tiles of entry %d: %w", n, err)
		}
		if tlog.RecordHash(entry) != leaf[0] {
			return fmt.Errorf("tile/entries: entry %d is not the one that was logged", n)
		}
	}
	return nil
}

// widthAt is how many of count hashes the tile that begins with first holds.
func widthAt(first, count int64) int {
	if count-first < tileWidth {
		return int(count - first)
	}
	return tileWidth
}

// openCheckpoint answers the tree that the signed note describes.
func openCheckpoint(vkey, folder string) (tlog.Tree, error) {
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not of the log %q", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// readEntries reads all bundles of a log of that size.
func readEntries(folder string, size int64) ([][]byte, error) {
	var entries [][]byte
	for first := int64(0); first < size; first += tileWidth {
		width := widthAt(first, size)
		bundle, err := readBundle(folder, tlogPath("entries", first/tileWidth, width), width)
		if err != nil {
			return nil, err
		}
		entries = append(entries, bundle...)
	}
	return entries, nil
}

// readBundle cuts a file into its width entries, each after its length in two bytes.
func readBundle(folder, path string, width int) ([][]byte, error) {
	rest, err := os.ReadFile(filepath.Join(folder, path))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(rest) >= 2 {
		length := int(binary.BigEndian.Uint16(rest))
		if len(rest) < 2+length {
			break
		}
		entries = append(entries, rest[2:2+length])
		rest = rest[2+length:]
	}
	if len(rest) != 0 || len(entries) != width {
		return nil, fmt.Errorf("%s: not %d whole entries", path, width)
	}
	return entries, nil
}

// tiles reads the hash tiles of an export.
type tiles struct{ folder string }

func (t tiles) Height() int                         { return tileHeight }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		var err error
		data[i], err = os.ReadFile(filepath.Join(t.folder, tlogPath(strconv.Itoa(tile.L), tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// tlogPath is where C2SP tlog-tiles keeps what golang.org/x/mod calls tile/8/<level>/<n>.
func tlogPath(level string, n int64, width int) string {
	path := tlog.Tile{H: tileHeight, L: 0, N: n, W: width}.Path()
	return strings.Replace(path, "tile/8/0/", "tile/"+level+"/", 1)
}
