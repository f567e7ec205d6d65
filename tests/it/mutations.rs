//! Everything that reads bytes from outside, given good ones with faults in them: the functions that
//! the fuzzers of `fuzz/` call, over their seeds and so many random changes of each.
//!
//! `GAPMAP_FUZZ_ROUNDS` has more rounds, `GAPMAP_FUZZ_SEED` other ones, `GAPMAP_FUZZ_TARGET` one
//! target alone.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::Command;

#[expect(unreachable_pub, reason = "a library's own file, included here")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use targets::{TARGETS, Target};

/// Set for the process in which the rounds take place.
const INSIDE: &str = "GAPMAP_FUZZ_INSIDE";
/// All memory that this process may ask the system for, in KiB: of this, most is what its threads'
/// stacks and allocators lay claim to and never use.
const MEMORY_KIB: u64 = 1 << 20;
/// Bytes of an input; so changes that make copies do not make it endless.
const MAX_BYTES: usize = 1 << 16;

fn number(name: &str, unless_said: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.map_or(unless_said, |it| it.parse().expect("it is a number"))
}

/// A sequence of numbers that look random (SplitMix64), the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).unwrap();
        usize::try_from(self.throw() % n).unwrap()
    }

    fn byte(&mut self) -> u8 {
        // Those at which something ends, begins or overflows come more often.
        const ODD: &[u8] = &[
            0, 1, 0x7f, 0x80, 0xff, b'"', b'<', b'&', b'\n', b',', b'[', b'{', b'\\',
        ];
        match self.below(3) {
            0 => ODD[self.below(ODD.len())],
            _ => self.throw().to_le_bytes()[0],
        }
    }
}

/// One change of an input.
fn change(input: &mut Vec<u8>, seeds: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.below(input.len());
    let to = (at + 1 + dice.below(24)).min(input.len());
    match dice.below(8) {
        0 if !input.is_empty() => input[at] ^= 1 << dice.below(8),
        1 if !input.is_empty() => input[at] = dice.byte(),
        2 => input.insert(at, dice.byte()),
        3 => drop(input.drain(at..to)),
        4 => {
            let copy = input[at..to].to_vec();
            let copies = copy.repeat(1 + dice.below(30));
            input.splice(at..at, copies);
        }
        5 => input.truncate(at),
        6 => {
            // The largest number that lib0 writes, or the smallest that is none.
            let n = 1 + dice.below(10);
            input.splice(at..at, std::iter::repeat_n(0xff, n).chain([dice.byte()]));
        }
        _ => {
            let other = &seeds[dice.below(seeds.len())];
            let from = dice.below(other.len());
            input.truncate(at);
            input.extend(&other[from..]);
        }
    }
    input.truncate(MAX_BYTES);
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(&folder).unwrap_or_else(|it| panic!("{folder}: {it}"));
    let mut files: Vec<PathBuf> = files.map(|it| it.unwrap().path()).collect();
    files.sort();
    files.iter().map(|it| fs::read(it).unwrap()).collect()
}

/// Runs a target on an input, and says whether it took anything; an input that breaks it is kept.
fn run(name: &str, target: Target, input: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| target(input))).unwrap_or_else(|_| {
        let kept = std::env::temp_dir().join(format!("gapmap-broke-{name}"));
        fs::write(&kept, input).unwrap();
        panic!("{name} broke on the input that is now {}", kept.display());
    })
}

#[test]
fn no_input_breaks_a_reader_or_makes_it_grow_without_bound() {
    if std::env::var_os(INSIDE).is_none() {
        return run_inside();
    }
    let rounds = number("GAPMAP_FUZZ_ROUNDS", 500);
    let only = std::env::var("GAPMAP_FUZZ_TARGET").ok();
    for (name, target) in TARGETS {
        if only.as_deref().is_some_and(|it| it != *name) {
            continue;
        }
        let seeds = corpus(name);
        let good = seeds.iter().filter(|it| run(name, *target, it)).count();
        assert!(0 < good, "{name} takes none of its seeds");
        let mut dice = Dice(number("GAPMAP_FUZZ_SEED", 1));
        let mut taken = 0;
        for _ in 0..rounds {
            let mut input = seeds[dice.below(seeds.len())].clone();
            for _ in 0..=dice.below(4) {
                change(&mut input, &seeds, &mut dice);
            }
            taken += u64::from(run(name, *target, &input));
        }
        println!(
            "{name}: {rounds} changes of {} seeds, {taken} taken",
            seeds.len()
        );
    }
}

/// Runs this test in a process that the system gives no more memory than that.
fn run_inside() {
    let program = std::env::current_exe().unwrap();
    let limited = format!("ulimit -v {MEMORY_KIB} && exec \"$0\" \"$@\"");
    let ended = Command::new("sh")
        .args(["-c", &limited])
        .arg(program)
        .args([
            "--exact",
            "mutations::no_input_breaks_a_reader_or_makes_it_grow_without_bound",
        ])
        .args(["--nocapture", "--test-threads", "1"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = [ended.stdout, ended.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(ended.status.success(), "{:?} {said}", ended.status);
    assert!(said.contains("1 passed"), "{said}");
    print!("{said}");
}
