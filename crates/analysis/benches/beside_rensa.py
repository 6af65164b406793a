"""The copies of a campaign, found by dondoc and by rensa in one run, on the same file, with the truth beside them.

    cargo build --release -p analysis --example campaign_copies
    python3 -m venv venv && venv/bin/pip install rensa
    venv/bin/python crates/analysis/benches/beside_rensa.py FOLDER

FOLDER holds `submissions.jsonl` and `expected.json` of a campaign with planted copies. Each side runs as a process of
its own and does the same work: read the reports in order, find the candidates of each among those before it, verify
each candidate exactly, report pairs of similarity 0.8 and more over the sets of word 5-grams. rensa runs the way its
documentation shows (R-MinHash of 128, LSH of 16 bands), with the runs of words hashed by Python's own `hash` so that
it is not held up by strings; beside its whole run the time inside its own calls is told alone.
"""
import json, os, subprocess, sys, time

LEAST = 0.8


def runs(report):
    words = " ".join(section["text"] for section in report["sections"]).lower().split()
    return {" ".join(words[at:at + 5]) for at in range(len(words) - 4)}


def exact(a, b):
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def rensa_side(path):
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=LEAST, num_perm=128, num_bands=16)
    places, candidates, offset, own = [], [], 0, 0.0
    with open(path, "rb") as lines:
        for line in lines:
            report = json.loads(line)
            tokens = list(runs(report))
            started = time.process_time()
            signature = RMinHash(num_perm=128, seed=42)
            signature.update(tokens)
            for before in lsh.query(signature):
                candidates.append((before, len(places)))
            lsh.insert(len(places), signature)
            own += time.process_time() - started
            places.append((report["unit"], offset))
            offset += len(line)
    pairs = []
    with open(path, "rb") as file:
        def again(number):
            file.seek(places[number][1])
            return runs(json.loads(file.readline()))
        for a, b in candidates:
            similarity = exact(again(a), again(b))
            if similarity >= LEAST:
                pairs.append({"a": places[a][0], "b": places[b][0], "similarity": round(similarity, 4)})
    print(json.dumps({"reports": len(places), "candidates": len(candidates), "own_cpu_s": round(own, 2), "pairs": pairs}))


def measured(command):
    """What a process printed, its CPU seconds, wall seconds and peak memory in MB."""
    started = time.time()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return json.loads(printed), usage.ru_utime + usage.ru_stime, time.time() - started, usage.ru_maxrss / 1024


def verify(path, found):
    """Pairs that are less alike than was said, counted from the words themselves."""
    wanted = {unit for pair in found["pairs"] for unit in (pair["a"], pair["b"])}
    texts = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            if report["unit"] in wanted:
                texts[report["unit"]] = runs(report)
    return sum(
        (similarity := exact(texts[pair["a"]], texts[pair["b"]])) < LEAST or abs(similarity - pair["similarity"]) > 0.0001
        for pair in found["pairs"])


def main(folder):
    path = os.path.join(folder, "submissions.jsonl")
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        planted = {(a, b) for a, b, similarity, _ in json.load(file)["duplicate_pairs"] if similarity >= LEAST}
    ours = os.path.join(os.path.dirname(__file__), "../../../target/release/examples/campaign_copies")
    sides = {"dondoc": [ours, path], "rensa": [sys.executable, __file__, "--rensa", path]}
    for name, command in sides.items():
        found, cpu, wall, memory = measured(command)
        pairs = {tuple(sorted((pair["a"], pair["b"]))) for pair in found["pairs"]}
        own = f", inside its own calls {found['own_cpu_s']:.1f} s" if "own_cpu_s" in found else ""
        print(f"{name}: {found['reports']} reports, CPU {cpu:.1f} s{own}, wall {wall:.1f} s, peak {memory:.0f} MB; "
              f"candidates {found['candidates']}, pairs {len(pairs)}, recall {len(pairs & planted)}/{len(planted)}, "
              f"false {verify(path, found)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--rensa":
        rensa_side(sys.argv[2])
    else:
        main(sys.argv[1])
