use std::sync::Arc;

use super::*;

fn joined(stream: &Stream, id: ConnectionId) -> Connection {
    let connection = Connection::new(id, true, None);
    connection.catch_up([], stream.end());
    connection.take(stream);
    connection
}

fn publish(stream: &Stream, author: ConnectionId, bytes: usize) {
    stream.publish([(author, vec![0; bytes].into())], || vec![9]);
}

#[test]
fn an_update_reaches_the_others_and_not_its_author() {
    let stream = Stream::new(&[0]);
    let (author, other) = (joined(&stream, 1), joined(&stream, 2));

    publish(&stream, 1, 10);

    assert!(author.take(&stream).frames.is_empty());
    assert_eq!(other.take(&stream).frames.len(), 1);
    assert!(other.take(&stream).frames.is_empty());
}

#[test]
fn who_reads_nothing_falls_behind_and_is_sent_nothing_of_it() {
    let stream = Stream::new(&[0]);
    let slow = joined(&stream, 2);

    for _ in 0..100 {
        publish(&stream, 1, 100_000);
    }

    let taken = slow.take(&stream);
    assert!(taken.frames.is_empty());
    assert_eq!(taken.behind.unwrap().state_vector(), [0]);
}

#[test]
fn who_asks_on_and_on_and_reads_nothing_gets_the_map_once() {
    let stream = Stream::new(&[0]);
    let connection = Connection::new(1, true, None);

    for _ in 0..10_000 {
        connection.catch_up(vec![Bytes::new(); 500], stream.end());
    }

    assert_eq!(connection.take(&stream).frames.len(), 500);
}

#[test]
fn missed_presence_is_asked_for_and_edits_come_first() {
    let stream = Stream::new(&[0]);
    let connection = joined(&stream, 2);
    publish(&stream, 1, 3);
    stream.publish_presence(Bytes::from_static(&[1]));
    let taken = connection.take(&stream);
    assert_eq!(taken.frames[1], Bytes::from_static(&[1]));

    stream.publish_presence(Bytes::from_static(&[2]));
    stream.publish_presence(Bytes::from_static(&[3]));

    assert!(connection.take(&stream).missed_presence);
}

#[test]
fn who_asks_on_and_on_is_held_one_answer_of_each_kind() {
    let stream = Stream::new(&[0]);
    let connection = Connection::new(1, true, None);
    let kinds = [Latest::Session, Latest::Step1, Latest::Everybody];
    let large = |n: u16| Bytes::from(vec![0; 500_000 + usize::from(n)]);

    for n in 0..5000 {
        for kind in kinds {
            let is_told = connection.wants(kind);
            assert_eq!(is_told, n % 2 == 0, "the room is told once");
            if n % 2 == 1 {
                assert!(connection.wanted(kind) && !connection.wanted(kind));
                connection.tell_latest(kind, large(n));
            }
        }
        let is_told = connection.wants_map(large(n));
        assert_eq!(is_told, n == 0);
    }

    assert_eq!(connection.take(&stream).frames, [4999; 3].map(large));
    assert_eq!(connection.wanted_map(), Some(large(4999)));
    assert_eq!(connection.wanted_map(), None);
    assert!(connection.take(&stream).frames.is_empty());
}

#[test]
fn who_reads_no_refusals_is_sent_away_before_they_are_many_or_large() {
    let stream = Stream::new(&[0]);
    for (bytes, most) in [(10, 1024), (30_000, 8)] {
        let connection = Connection::new(1, true, None);

        for _ in 0..2000 {
            connection.answer(vec![0; bytes].into());
        }

        let taken = connection.take(&stream);
        assert_eq!(taken.frames.len(), most);
        assert_eq!(taken.close, Some(CloseReason::TryAgain));
    }
}

#[test]
fn what_comes_first_is_the_greeting_then_the_session_then_the_map() {
    let stream = Stream::new(&[0]);
    let connection = Connection::new(1, true, None);
    let frame = |n: u8| Bytes::from(vec![n]);
    connection.catch_up([frame(4)], stream.end());
    connection.tell_latest(Latest::Everybody, frame(3));
    connection.tell_latest(Latest::Step1, frame(2));
    connection.tell_latest(Latest::Session, frame(1));
    connection.answer(frame(0));

    let taken = connection.take(&stream);

    assert_eq!(taken.frames, [0, 1, 2, 3, 4].map(frame));
}

/// A socket that takes what it is told to take.
#[derive(Debug)]
struct Taker(Mutex<(Sent, Vec<u8>)>);

impl Outlet for Taker {
    fn try_send(&self, frames: &[u8]) -> Sent {
        let mut state = lock(&self.0);
        if state.0 != Sent::Nothing {
            state.1.extend_from_slice(frames);
        }
        state.0
    }
}

fn with_taker(stream: &Stream, sent: Sent) -> (Connection, Arc<Taker>) {
    let taker = Arc::new(Taker(Mutex::new((sent, Vec::new()))));
    let outlet: Arc<dyn Outlet> = taker.clone();
    let connection = Connection::new(2, true, Some(Arc::downgrade(&outlet)));
    connection.catch_up([], stream.end());
    connection.take(stream);
    connection.written();
    (connection, taker)
}

#[test]
fn who_has_all_that_came_before_gets_news_without_being_woken() {
    let stream = Stream::new(&[0]);
    let (connection, taker) = with_taker(&stream, Sent::All);

    let news = stream.publish([(1, Bytes::from_static(&[7]))], || vec![9]);

    assert!(connection.push(&news, None));
    assert_eq!(lock(&taker.0).1, [0x82, 1, 7]);
    assert!(connection.take(&stream).frames.is_empty());
}

#[test]
fn nothing_overtakes_what_is_being_written() {
    let stream = Stream::new(&[0]);
    let (connection, taker) = with_taker(&stream, Sent::All);
    connection.answer(Bytes::from_static(&[1]));
    let first = stream.publish([(1, Bytes::from_static(&[2]))], || vec![9]);
    assert!(!connection.push(&first, None), "an answer waits");
    connection.take(&stream);

    let second = stream.publish([(1, Bytes::from_static(&[3]))], || vec![9]);
    assert!(!connection.push(&second, None), "it is being written");
    connection.take(&stream);
    connection.written();

    let last = stream.publish([(1, Bytes::from_static(&[5]))], || vec![9]);
    assert!(connection.push(&last, None));
    assert_eq!(lock(&taker.0).1, [0x82, 1, 5]);
}

#[test]
fn an_author_is_told_that_it_is_saved_together_with_what_others_wrote() {
    let stream = Stream::new(&[0]);
    let (connection, taker) = with_taker(&stream, Sent::All);
    let ack = Ack { frames: 3, seq: 7 };
    let told = framing::encode([&protocol::ack(ack), &Bytes::from_static(&[5])]);

    let entries = [4, 5].map(|it| (if it == 4 { 2 } else { 1 }, Bytes::from(vec![it])));
    let news = stream.publish(entries, || vec![9]);

    assert!(connection.push(&news, Some(ack)));
    assert_eq!(lock(&taker.0).1, told);
    assert!(connection.take(&stream).frames.is_empty());
}

#[test]
fn an_ack_that_cannot_be_sent_waits() {
    let stream = Stream::new(&[0]);
    let (connection, _taker) = with_taker(&stream, Sent::Nothing);
    let ack = Ack { frames: 3, seq: 7 };

    connection.acknowledge(ack);

    assert_eq!(connection.take(&stream).frames, [protocol::ack(ack)]);
}

#[test]
fn what_went_half_is_not_given_again() {
    let stream = Stream::new(&[0]);
    let (connection, _taker) = with_taker(&stream, Sent::Partly);

    let news = stream.publish([(1, Bytes::from_static(&[7]))], || vec![9]);

    assert!(
        !connection.push(&news, None),
        "its task has to flush the rest"
    );
    assert!(connection.take(&stream).frames.is_empty());
}
