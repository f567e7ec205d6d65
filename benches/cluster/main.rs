//! Many maps at several servers, as `scripts/bench.sh` starts them: how many edits a second, how long
//! from an edit to its peers at the same server and at another, and what a delivery costs each.
//!
//! `GAPMAP_BENCH_SERVERS` has the servers' addresses, `GAPMAP_BENCH_PIDS` their processes in the same
//! order, `GAPMAP_BENCH_TOKEN` a facilitator's API token; `GAPMAP_BENCH_MAPS` and
//! `GAPMAP_BENCH_SECONDS` make it smaller or larger.

mod servers;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::stream::SplitStream;
use gapmap::sync::protocol;
use tokio::sync::{mpsc, watch};
use tokio::time::{Interval, interval_at, timeout};
use yrs::{Doc, Map, Transact, any};

use servers::{Sending, Servers, Socket, Told, next};

/// What stands before the time at which an edit was sent, in its own words.
const MARK: &[u8] = b"sent@";
/// Edits ahead of their acknowledgements, where as many are made as go.
const WINDOW: u64 = 8;
/// Between two edits of a writer who types.
const TYPING: Duration = Duration::from_millis(200);
/// Who made the arrows: none of the participants.
const NOBODY: &str = "019a2e5c-7d41-7c3e-9b1f-000000000000";

/// When each edit in a frame was sent.
fn marks(frame: &[u8]) -> impl Iterator<Item = u64> {
    let found = frame
        .windows(MARK.len() + 16)
        .filter(|it| it.starts_with(MARK));
    found.filter_map(|it| {
        let digits = std::str::from_utf8(&it[MARK.len()..]).ok()?;
        u64::from_str_radix(digits, 16).ok()
    })
}

/// Where people are, and how they write.
struct Plan {
    what: &'static str,
    writer: fn(usize, usize) -> usize,
    readers: fn(usize, usize) -> Vec<usize>,
    /// Whose server has the map: the writer's, or else that of the first who reads.
    is_at_the_writers: bool,
    pause: Option<Duration>,
}

#[derive(Default)]
struct Figures {
    edits: u64,
    /// From an edit to its peers at the writer's server, and at others, in microseconds.
    near: Vec<u64>,
    far: Vec<u64>,
    cpu: Vec<f64>,
}

struct Run {
    begun: Instant,
    over: AtomicBool,
    edits: AtomicU64,
}

async fn run(servers: &Servers, n_maps: usize, seconds: u64, plan: &Plan) -> Figures {
    let run = Arc::new(Run {
        begun: Instant::now(),
        over: AtomicBool::new(false),
        edits: AtomicU64::new(0),
    });
    let (tell, mut told) = mpsc::unbounded_channel();
    let writers = gather(servers, n_maps, plan, &run, tell).await;

    let before = servers.cpu();
    let writing: Vec<_> = writers
        .into_iter()
        .enumerate()
        .map(|(number, (sending, stream))| {
            // People do not type in step.
            let pause = plan.pause.map(|it| {
                let n_maps = u32::try_from(n_maps).expect("few maps");
                let number = u32::try_from(number).expect("few maps");
                interval_at((Instant::now() + it * number / n_maps).into(), it)
            });
            tokio::spawn(write(run.clone(), sending, stream, pause))
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    let edits = run.edits.load(Ordering::Relaxed);
    run.over.store(true, Ordering::Relaxed);
    for writer in writing {
        writer.await.expect("writing goes well");
    }
    let cpu = servers
        .cpu()
        .iter()
        .zip(&before)
        .map(|(a, b)| a - b)
        .collect();
    let mut figures = Figures {
        edits,
        cpu,
        ..Figures::default()
    };
    while let Some((is_far, times)) = told.recv().await {
        let all = if is_far {
            &mut figures.far
        } else {
            &mut figures.near
        };
        all.extend(times);
    }
    figures
}

/// Lets people into new maps. Those who read do so at once; those who write are handed back.
async fn gather(
    servers: &Servers,
    n_maps: usize,
    plan: &Plan,
    run: &Arc<Run>,
    tell: mpsc::UnboundedSender<(bool, Vec<u64>)>,
) -> Vec<(Sending, SplitStream<Socket>)> {
    let n = servers.bases.len();
    let mut writers = Vec::new();
    for (number, map) in servers.maps(n_maps).await.iter().enumerate() {
        // Who comes first opens the map, so that their server has it.
        let own = (plan.writer)(number, n);
        if plan.is_at_the_writers {
            writers.push(servers.connect(own, map).await);
        }
        for server in (plan.readers)(number, n) {
            let (sending, stream) = servers.connect(server, map).await;
            let (run, tell) = (run.clone(), tell.clone());
            tokio::spawn(read(run, sending, stream, server != own, tell));
        }
        if !plan.is_at_the_writers {
            writers.push(servers.connect(own, map).await);
        }
    }
    writers
}

async fn write(
    run: Arc<Run>,
    mut sending: Sending,
    mut stream: SplitStream<Socket>,
    mut pause: Option<Interval>,
) {
    let (acked, mut is_acked) = watch::channel(sending.frames);
    let hearing = tokio::spawn(async move {
        while let Some(frame) = next(&mut stream).await {
            if let Some(frames) = Told::of(&frame).acked {
                acked.send_replace(frames);
            }
        }
    });
    let doc = Doc::new();
    let relations = doc.get_or_insert_map("relations");
    while !run.over.load(Ordering::Relaxed) {
        if let Some(ticks) = &mut pause {
            ticks.tick().await;
        }
        let update = {
            let mut txn = doc.transact_mut();
            let label = format!("sent@{:016x}", run.begun.elapsed().as_micros());
            let arrow =
                any!({ "from": "root", "to": "root", "label": label, "at": 1, "by": NOBODY });
            relations.insert(&mut txn, "bench", arrow);
            txn.encode_update_v1()
        };
        sending.count(protocol::update(&update)).await;
        let oldest = sending.frames.saturating_sub(WINDOW);
        let _ = is_acked.wait_for(|it| oldest <= *it).await;
        run.edits.fetch_add(1, Ordering::Relaxed);
    }
    let last = sending.frames;
    let acked = is_acked.wait_for(|it| last <= *it);
    let acked = timeout(Duration::from_secs(30), acked).await;
    acked
        .expect("all is acknowledged")
        .expect("the server is there");
    hearing.abort();
}

/// Notes when edits arrive, until nothing does any more once the writing is over.
async fn read(
    run: Arc<Run>,
    sending: Sending,
    mut stream: SplitStream<Socket>,
    is_far: bool,
    tell: mpsc::UnboundedSender<(bool, Vec<u64>)>,
) {
    let mut times = Vec::new();
    loop {
        match timeout(Duration::from_secs(1), next(&mut stream)).await {
            Ok(Some(frame)) => {
                let now = u64::try_from(run.begun.elapsed().as_micros()).expect("not for long");
                times.extend(marks(&frame).map(|sent| now - sent));
            }
            Ok(None) => break,
            Err(_) if run.over.load(Ordering::Relaxed) => break,
            Err(_) => {}
        }
    }
    drop(sending);
    let _ = tell.send((is_far, times));
}

fn percentiles(what: &str, mut times: Vec<u64>) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = (times.len() as f64 * share) as usize;
        times
            .get(place.min(times.len().saturating_sub(1)))
            .map_or(f64::NAN, |it| *it as f64 / 1000.0)
    };
    println!("   {what}.n {}", times.len());
    for (name, share) in [("p50", 0.5), ("p99", 0.99), ("max", 1.0)] {
        println!("   {what}_ms.{name} {:.1}", at(share));
    }
}

fn number(name: &str, unless_said: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.map_or(unless_said, |it| it.parse().expect("a number"))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let Some(servers) = Servers::given() else {
        println!("GAPMAP_BENCH_SERVERS, _PIDS and _TOKEN are not set: see scripts/bench.sh");
        return;
    };
    let seconds = number("GAPMAP_BENCH_SECONDS", 8);
    let maps = usize::try_from(number("GAPMAP_BENCH_MAPS", 60)).expect("not so many");
    let typing = Plan {
        what: "edit to peer",
        writer: |map, n| map % n,
        readers: |map, n| vec![map % n, (map + 1) % n, (map + 2) % n],
        is_at_the_writers: true,
        pause: Some(TYPING),
    };
    let flat_out = Plan {
        what: "as many edits as go",
        readers: |map, n| vec![(map + 1) % n],
        pause: None,
        ..typing
    };
    speed(&servers, maps, seconds, &typing).await;
    shared(&servers, maps / 3, seconds).await;
    forwarded(&servers, maps, seconds).await;
    // Last, since servers put away what it leaves for a while.
    speed(&servers, maps, seconds, &flat_out).await;
}

async fn speed(servers: &Servers, n_maps: usize, seconds: u64, plan: &Plan) {
    println!(
        "== {} servers, {n_maps} maps: {}",
        servers.bases.len(),
        plan.what
    );
    let figures = run(servers, n_maps, seconds, plan).await;
    println!("   edits_per_s {}", figures.edits / seconds);
    println!("   cpu_s {:?}", figures.cpu);
    percentiles("same_server", figures.near);
    percentiles("another_server", figures.far);
}

/// What a delivery costs where many read: all at the owner, then all at one that follows.
async fn shared(servers: &Servers, n_maps: usize, seconds: u64) {
    let near = Plan {
        what: "20 read at the owner",
        writer: |_, _| 0,
        readers: |_, _| vec![0; 20],
        is_at_the_writers: true,
        pause: Some(TYPING),
    };
    let far = Plan {
        what: "20 read at another server",
        readers: |_, n| vec![1 % n; 20],
        ..near
    };
    for (plan, server) in [(&near, 0), (&far, 1 % servers.bases.len())] {
        println!(
            "== {} servers, {} maps: {}",
            servers.bases.len(),
            n_maps,
            plan.what
        );
        let figures = run(servers, n_maps, seconds, plan).await;
        let n = figures.near.len() + figures.far.len();
        let cost = 1e6 * figures.cpu[server] / n.max(1) as f64;
        println!("   deliveries {n}");
        println!("   cpu_us_per_delivery {cost:.1}");
    }
}

/// What an edit costs that is made at the server that has the map, and at another.
async fn forwarded(servers: &Servers, n_maps: usize, seconds: u64) {
    let near = Plan {
        what: "one writes and one reads at the owner",
        writer: |_, _| 0,
        readers: |_, _| vec![0],
        is_at_the_writers: true,
        pause: Some(TYPING),
    };
    let far = Plan {
        what: "one writes at another server, one reads at the owner",
        writer: |_, n| 1 % n,
        is_at_the_writers: false,
        ..near
    };
    for plan in [near, far] {
        println!(
            "== {} servers, {n_maps} maps: {}",
            servers.bases.len(),
            plan.what
        );
        let figures = run(servers, n_maps, seconds, &plan).await;
        let per_edit = figures.cpu.iter().take(2);
        let per_edit = per_edit.map(|it| 1e6 * it / figures.edits.max(1) as f64);
        println!("   cpu_us_per_edit {:.0?}", per_edit.collect::<Vec<_>>());
        percentiles("to_the_reader", [figures.near, figures.far].concat());
    }
}
